import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HandleKind, handleKind } from "../../core/handles.ts";
import { backchannel } from "../support/backchannel.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { askIn, type Browser, redirectDoor, redirecting } from "../support/redirect.ts";
import { selfRegistered } from "../support/self-registered.ts";

/** N-25: every kind of handle at every place that takes one, as it is and relabelled as the kind that belongs there. */
let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
let flow: Flow;
const REQUEST_URI = "urn:ietf:params:oauth:request_uri:";

/** One good handle of each kind, and what stands beside it where it is presented. */
interface Flow {
  readonly handles: Readonly<Record<HandleKind, string>>;
  readonly tab: Browser;
  readonly clientId: string;
  readonly screen: Awaited<ReturnType<(typeof net)["june"]["screen"]>>;
  readonly manage: { readonly query: string };
}

const door = redirectDoor(
  () => exchange,
  () => net,
  () => app,
);

beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  const managing = { scope: "grant_management_query", grant_types: [...redirecting.grant_types, "client_credentials"] };
  app = await net.client("Both doors", {
    ...managing,
    redirect_uris: redirecting.redirect_uris,
    grant_types: [...managing.grant_types, "urn:openid:params:grant-type:ciba"],
  });
  flow = await flowed();
});
afterAll(() => exchange.close());

async function flowed(): Promise<Flow> {
  const { june } = net;
  const device = { platform: "FCM", token: "handset-1" };
  await answered(june.call("POST", "/wallet/devices", device));
  const { asked } = backchannel(() => net);

  const areq = await asked(await june.code("app"), app);
  await june.approve(await june.waiting());
  await asked(await june.code("app"), app);
  const screen = await june.waiting();
  await exchange.settled();
  const note = exchange.pushes.at(-1)?.payload.fcmV1Message.message.data.id;

  const tokens = await answered(
    door.redeem(await door.code({ grant_management_action: "create" }), { resource: "https://registry.test" }),
  );
  const introspected = await answered(net.provincial.post("/introspect", { token: String(tokens["access_token"]) }));
  const tab = door.browser();
  const continueAt = await door.answer(await door.arrive(tab));
  const { party, token } = await (await selfRegistered(exchange, net)).registered();
  const { challenge } = await answered(june.call("POST", "/wallet/session/options"));
  return {
    handles: {
      areq,
      par: (await door.pushed()).slice(REQUEST_URI.length),
      browser: tab.cookie.slice(tab.cookie.indexOf("=") + 1),
      ask: askIn(await door.arrive(door.browser())),
      done: new URL(continueAt).searchParams.get("completion") ?? "",
      code: await door.code(),
      rt: String(tokens["refresh_token"]),
      grant: String(tokens["grant_id"]),
      rat: token,
      consent: String(introspected["consent"]),
      note: String(note),
      login: String(challenge),
      screen: screen.nonce,
    },
    tab,
    clientId: party.clientId,
    screen,
    manage: { query: await app.token("grant_management_query") },
  };
}

const told = async (answer: Promise<Response> | Response) => {
  const response = await answer;
  return response.ok ? "opened" : refusal(response);
};
const form = (parameters: Record<string, string>) => told(app.post("/token", parameters));
const opens = (location: string, where: string) => (location.startsWith(where) ? "opened" : location);
const resumed = async (completion: string, cookie: string) => {
  const at = door.browser();
  at.cookie = cookie;
  return opens(
    await at.open(`${issuer}/authorize/resume?completion=${completion}`),
    redirecting.redirect_uris[0] ?? "",
  );
};
const stopped = (why: string) => `${walletOrigin}/#/stopped/${why}`;

/** Where a kind is presented, and what is answered to any other. A consent's name is told to its source and opens nothing. */
const places: Readonly<Record<Exclude<HandleKind, "consent">, readonly [(handle: string) => Promise<string>, string]>> =
  {
    areq: [
      (auth_req_id) => form({ grant_type: "urn:openid:params:grant-type:ciba", auth_req_id }),
      "400 invalid_grant",
    ],
    par: [
      async (h) => opens(await door.browser().authorize(REQUEST_URI + h, app.clientId), `${walletOrigin}/#/asks/`),
      stopped("flow"),
    ],
    browser: [(h) => resumed(flow.handles.done, `__Host-fpx-flow-x=${h}`), stopped("browser")],
    ask: [(h) => told(net.june.call("POST", `/wallet/asks/${h}`)), "404 not_found"],
    done: [(h) => resumed(h, flow.tab.cookie), stopped("browser")],
    code: [(h) => told(door.redeem(h)), "400 invalid_grant"],
    rt: [(refresh_token) => form({ grant_type: "refresh_token", refresh_token }), "400 invalid_grant"],
    grant: [(h) => told(app.call("GET", `/grants/${h}`, flow.manage.query)), "404 not_found"],
    rat: [
      (h) => told(exchange.fetch(`${issuer}/register/${flow.clientId}`, { headers: { authorization: `Bearer ${h}` } })),
      "401 invalid_token",
    ],
    note: [(h) => told(net.june.call("GET", `/wallet/requests/${h}`)), "404 not_found"],
    login: [
      async (challenge) =>
        told(net.june.call("POST", "/wallet/session", { challenge, response: net.june.passkey.sign(challenge) })),
      "401 login_required",
    ],
    screen: [(nonce) => net.june.approve(flow.screen, { nonce }).then(told), "409 conflict"],
  };

test("N-25 every kind of handle has a row", () => {
  expect(Object.keys(flow.handles).sort()).toEqual(Object.values(handleKind).sort());
  expect([...Object.keys(places), "consent"].sort()).toEqual(Object.values(handleKind).sort());
});

describe.each(Object.entries(places))("N-25 where %s belongs", (kind, [present, refused]) => {
  const others = Object.values(handleKind).filter((other) => other !== kind);
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
  expect(new Set(Object.values(found))).toEqual(new Set(["opened"]));
  await net.june.signIn();
});
