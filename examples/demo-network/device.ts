const browsers = [
  ["Edge", /Edg\//],
  ["Firefox", /Firefox\//],
  ["Chrome", /Chrome\//],
  ["Safari", /Safari\//],
] as const;
const systems = [
  ["Android", /Android/],
  ["iPhone", /iPhone/],
  ["iPad", /iPad/],
  ["Windows", /Windows/],
  ["Mac", /Mac OS X/],
  ["Linux", /Linux/],
] as const;

/** "Firefox on Windows", as far as a browser says what it is: shown to the person who is asked, to see whether it was them (FAPI-CIBA §5.3). */
export function deviceOf(request: Request): string | undefined {
  const agent = request.headers.get("user-agent") ?? "";
  const named = (list: readonly (readonly [string, RegExp])[]) => list.find(([, sign]) => sign.test(agent))?.[0];
  const [browser, system] = [named(browsers), named(systems)];
  return browser === undefined || system === undefined ? undefined : `${browser} on ${system}`;
}
