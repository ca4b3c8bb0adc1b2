import type { TestExchange } from "./exchange.ts";
import type { network } from "./network.ts";
import { answered, type Party } from "./parties.ts";
import type { June } from "./person.ts";
import { askIn, type Browser, plain_uri, redirectDoor } from "./redirect.ts";

type Network = Awaited<ReturnType<typeof network>>;
type Changes = Record<string, string | undefined>;

/** What a Resource Server registers that people connect on its own pages. */
export const connecting = {
  grant_types: ["client_credentials", "authorization_code", "refresh_token"],
  redirect_uris: [plain_uri],
};

/** The redirect door as a Resource Server uses it. */
export function sourceDoor(exchange: () => TestExchange, net: () => Network, source: () => Party) {
  const door = redirectDoor(exchange, net, source);
  const wish = { scope: "uma_protection", redirect_uri: plain_uri };
  const push = (more: Changes = {}, party = source()) => door.push({ ...wish, ...more }, party);
  const arrive = (at: Browser, more: Changes = {}, party = source()) => door.arrive(at, { ...wish, ...more }, party);

  /** The person's Wallet takes the flow: what it shows. */
  async function seen(location: string, who: June = net().june) {
    const { id, asks } = await answered(who.call("POST", `/wallet/asks/${askIn(location)}`));
    if (asks !== "link") throw new Error(`asks for ${asks}`);
    return who.linkScreen(String(id));
  }

  /** The whole way of somebody who says yes: the code. */
  async function code(who: June = net().june, party = source()): Promise<string> {
    const at = door.browser();
    const screen = await seen(await arrive(at, {}, party), who);
    const { continueAt } = await answered(who.approveLink(screen));
    return new URL(await at.open(String(continueAt))).searchParams.get("code") ?? "";
  }

  const redeem = (code: string, party = source(), more: Changes = {}) =>
    door.redeem(code, { redirect_uri: plain_uri, ...more }, party);

  return {
    push,
    arrive,
    seen,
    code,
    redeem,
    browser: door.browser,
    pat: async (who: June = net().june, party = source()) =>
      (await answered(redeem(await code(who, party), party))) as { access_token: string; refresh_token: string },
  };
}
