export { SoftwarePasskey } from "../../examples/uma-black-box/passkey.ts";
