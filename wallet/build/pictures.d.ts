/** A picture that is built into the pages: its address. */
declare module "*.svg" {
  const address: string;
  export default address;
}
