import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HandleKind, handleKind } from "../../core/handles.ts";
import { grantType } from "../../protocol/oauth.ts";
import { dynalite } from "../support/dynamodb.ts";
import { allDoors, everyHandle, REQUEST_URI } from "../support/every-handle.ts";
import { issuer, type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { type Party, refusal } from "../support/parties.ts";
import { redirect_uri, redirectDoor, stopped } from "../support/redirect.ts";
import { presentedBy } from "../support/ticket.ts";

/** N-25: every kind of handle at every place that takes one, as it is and relabelled as the kind that belongs there. */
let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
let flow: Awaited<ReturnType<typeof everyHandle>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  app = await allDoors(net);
  flow = await everyHandle(exchange, net, app);
});
afterAll(() => exchange.close());

const door = redirectDoor(
  () => exchange,
  () => net,
  () => app,
);
const told = async (answer: Promise<Response> | Response) => {
  const response = await answer;
  return response.ok ? "opened" : refusal(response);
};
const form = (parameters: Record<string, string>) => told(app.post("/token", parameters));
const opens = (location: string, where: string) => (location.startsWith(where) ? "opened" : location);
const resumed = async (completion: string, cookie: string) => {
  const at = door.browser();
  at.cookie = cookie;
  return opens(await at.open(`${issuer}/authorize/resume?completion=${completion}`), redirect_uri);
};
const wallet = (path: string) => told(net.june.call("GET", `/wallet/${path}`));

/** Where a kind is presented, and what is answered to any other. A consent's name is told to its source and opens nothing. */
const places: Readonly<
  Record<Exclude<HandleKind, "consent">, readonly [(handle: string) => Promise<string>, refused: string]>
> = {
  areq: [(auth_req_id) => form({ grant_type: grantType.ciba, auth_req_id }), "400 invalid_grant"],
  par: [
    async (h) => opens(await door.browser().authorize(REQUEST_URI + h, app.clientId), `${walletOrigin}/#/asks/`),
    stopped("flow"),
  ],
  browser: [(h) => resumed(flow.handles.done, `__Host-fpx-flow-x=${h}`), stopped("browser")],
  ask: [(h) => told(net.june.call("POST", `/wallet/asks/${h}`)), "404 not_found"],
  done: [(h) => resumed(h, flow.tab.cookie), stopped("browser")],
  link: [(h) => wallet(`asks/${h}`), "404 not_found"],
  number: [(h) => wallet(`numbers/${h}`), "404 not_found"],
  gather: [(h) => wallet(`claims/${h}`), "404 not_found"],
  wait: [(h) => wallet(`elsewhere/${h}`), "404 not_found"],
  code: [(h) => told(door.redeem(h)), "400 invalid_grant"],
  ticket: [
    async (ticket) => {
      const { error } = await presentedBy(app, ticket);
      // Without claims it is asked for some.
      return error === "need_info" ? "opened" : `400 ${error}`;
    },
    "400 invalid_grant",
  ],
  pct: [
    async (pct) => {
      const { status, error } = await presentedBy(app, await flow.read(), { pct });
      return status === 200 ? "opened" : `${status} ${error}`;
    },
    "403 need_info",
  ],
  rt: [(refresh_token) => form({ grant_type: "refresh_token", refresh_token }), "400 invalid_grant"],
  prt: [
    (refresh_token) => told(flow.source.post("/token", { grant_type: "refresh_token", refresh_token })),
    "400 invalid_grant",
  ],
  grant: [(h) => told(app.call("GET", `/grants/${h}`, flow.managing)), "404 not_found"],
  rat: [
    (h) => told(exchange.fetch(`${issuer}/register/${flow.registered}`, { headers: { authorization: `Bearer ${h}` } })),
    "401 invalid_token",
  ],
  recover: [(h) => wallet(`recovery/${h}`), "404 not_found"],
  note: [
    async (h) => {
      const places = [await wallet(`requests/${h}`), await wallet(`notifications/${h}`)];
      return places[0] === places[1] ? String(places[0]) : places.join();
    },
    "404 not_found",
  ],
  login: [
    async (challenge) =>
      told(net.june.call("POST", "/wallet/session", { challenge, response: net.june.passkey.sign(challenge) })),
    "401 login_required",
  ],
  // Shown anew: what June shares meanwhile stands on it, too.
  screen: [async (nonce) => told(net.june.approve(await net.june.screen(flow.screen.id), { nonce })), "409 conflict"],
};
/** Two ways into one flow, from the browser it began in and from another device, lead to the same place. */
const alsoThere: Readonly<Record<string, readonly string[]>> = { ask: ["link"], link: ["ask"] };

test("N-25 every kind of handle has a row", () => {
  expect(Object.keys(flow.handles).sort()).toEqual(Object.values(handleKind).sort());
  expect([...Object.keys(places), "consent"].sort()).toEqual(Object.values(handleKind).sort());
});

describe.each(Object.entries(places))("N-25 where %s belongs", (kind, [present, refused]) => {
  const others = Object.values(handleKind).filter((other) => other !== kind && !alsoThere[kind]?.includes(other));
  test.each(others)("%s opens nothing, under its own name or this one", async (other) => {
    const handle = flow.handles[other];
    expect(handle.startsWith(`${other}_`)).toBe(true);
    expect(await present(handle)).toBe(refused);
    expect(await present(`${kind}_${handle.slice(other.length + 1)}`)).toBe(refused);
  });
});

test("N-25 (+) after all that each still opens its own place", async () => {
  const found: Record<string, string> = {};
  // The cookie and the completion belong together, and a challenge is what the passkey signs.
  for (const [kind, [present]] of Object.entries(places))
    if (kind !== "login" && kind !== "browser") found[kind] = await present(flow.handles[kind as HandleKind]);
  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((kind) => [kind, "opened"])));
  await net.june.signIn();
});
