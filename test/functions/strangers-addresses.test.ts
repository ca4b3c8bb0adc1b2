import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { inside } from "../support/inside.ts";
import { network } from "../support/network.ts";
import { answered, keyPair, refusal } from "../support/parties.ts";
import { redirectDoor, redirecting } from "../support/redirect.ts";
import { selfRegistered } from "../support/self-registered.ts";
import { json, stranger } from "../support/stranger.ts";

/** Every address somebody may name: where it leads inside it is refused, and what nothing is done with is never called. */
let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let self: Awaited<ReturnType<typeof selfRegistered>>;
let evil: Awaited<ReturnType<typeof stranger>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  // This machine may be called: only what nothing is done with stays silent.
  vi.stubEnv("ALLOW_LOOPBACK", "true");
  evil = await stranger(json({ keys: [] }));
  net = await network(exchange);
  self = await selfRegistered(exchange, net);
});
afterAll(async () => {
  evil.close();
  await exchange.close();
});

const keys = await keyPair();
const member = (name: string) => (address: string) => ({ [name]: address });
/** Metadata of a registration with an address in each place that takes one. */
const places: Readonly<Record<string, (address: string) => Record<string, unknown>>> = {
  client_uri: member("client_uri"),
  jwks_uri: (jwks_uri) => ({ jwks_uri, jwks: undefined }),
  backchannel_client_notification_endpoint: (address) => ({
    backchannel_token_delivery_mode: "ping",
    backchannel_client_notification_endpoint: address,
  }),
  redirect_uris: (address) => ({ ...redirecting, redirect_uris: [address] }),
  logo_uri: member("logo_uri"),
  policy_uri: member("policy_uri"),
  tos_uri: member("tos_uri"),
  sector_identifier_uri: member("sector_identifier_uri"),
  initiate_login_uri: member("initiate_login_uri"),
};
const ofSources = {
  resource: (resource: string) => ({ scope: "uma_protection", resource }),
  "logo_uri of a source": (logo_uri: string) => ({
    scope: "uma_protection",
    resource: "https://archive.test",
    logo_uri,
  }),
};
const registering = async (metadata: object) =>
  self.register({ client_name: "Reader", jwks: await self.jwks(keys), ...metadata });
/** Loopback is let in here, as on one machine; in `test/adapters/egress.test.ts` it is not. */
const elsewhere = inside.filter((address) => !/localhost[.:/]|127\.|0x7f|0177|2130706433|①/.test(address));

describe.each(Object.entries({ ...places, ...ofSources }))("N-80 %s", (place, metadata) => {
  const refused = place === "redirect_uris" ? "400 invalid_redirect_uri" : "400 invalid_client_metadata";
  test(`none of ${elsewhere.length} addresses inside is registered`, async () => {
    for (const address of elsewhere)
      expect([address, await refusal(registering(metadata(address)))]).toEqual([address, refused]);
    expect(evil.seen).toEqual([]);
  });
});

test("N-72, N-80 a logo and what else nothing is done with is not kept, not told back, not shown and not fetched", async () => {
  const unused = ["logo_uri", "tos_uri", "sector_identifier_uri", "initiate_login_uri"];
  const metadata = Object.fromEntries(unused.map((name) => [name, `${evil.url}/${name}`]));
  const { party, ...registered } = await self.registered(metadata);
  for (const name of unused) expect(registered.metadata).not.toHaveProperty(name);
  const request = { scope: "openid immunization-history.read", binding_message: "A" };
  await answered(party.post("/bc-authorize", { ...request, login_hint: await net.june.code("app") }));
  const screen = await net.june.waiting();
  expect(JSON.stringify(screen)).not.toContain(evil.url);
  expect(screen.notice.client).toEqual(expect.not.objectContaining({ logo: expect.anything() }));
  await net.june.decline(screen);
  expect(evil.seen).toEqual([]);
});

test("N-10, N-16 no key and no request is fetched from where a request says", async () => {
  const { push, pushed, browser } = redirectDoor(
    () => exchange,
    () => net,
    () => app,
  );
  const app = await net.client("Redirecting", redirecting);
  for (const header of [{ jku: `${evil.url}/jwks` }, { x5u: `${evil.url}/x5u` }, { kid: `${evil.url}/kid` }]) {
    const client_assertion = await app.assertion({}, header);
    expect(await refusal(push({ client_assertion }))).toBe("401 invalid_client");
  }
  expect(await refusal(push({ request_uri: `${evil.url}/request` }))).toBe("400 invalid_request");
  await browser().authorize(`${evil.url}/request`, app.clientId);
  await pushed();
  const registrar = await app.assertion({ aud: issuer }, { jku: `${evil.url}/jwks` });
  expect((await registering({ software_statement: registrar })).status).toBe(400);
  expect(evil.seen).toEqual([]);
});

describe("N-72 words a stranger registers", () => {
  test.each([
    ["markup", "<img src=x onerror=alert(1)>"],
    ["an entity's brackets", "My <script>"],
    ["a bidirectional override", "knaB ruoY\u202E"],
    ["an isolate", "Bank\u2066"],
    ["a zero-width joiner", "My\u200DBank"],
    ["a control character", "Bank\u0007"],
    ["two alphabets in one name", "\u0420ay Immunizations"],
    ["10 kB", "x".repeat(10_000)],
    ["nothing to see", "\u3164"],
    ["an address", "https://bank.example"],
  ])("%s is refused as a name", async (_, client_name) => {
    expect(await refusal(registering({ client_name }))).toBe("400 invalid_client_metadata");
  });
  test.each(["{{constructor.constructor('return 1')()}}", "#{7*7}", "a%0d%0aSet-Cookie: x=1", "' OR 1=1 --"])(
    "(+) %s is text like any other, and shown as it stands",
    async (client_name) => {
      const { party } = await self.registered({ client_name });
      const request = { scope: "openid immunization-history.read", binding_message: "A" };
      await answered(party.post("/bc-authorize", { ...request, login_hint: await net.june.code("app") }));
      const screen = await net.june.waiting();
      expect(screen.notice.client.name).toBe(client_name);
      await net.june.decline(screen);
    },
  );
  test("a purpose and a kind of data of the operator's own are held to the same", async () => {
    for (const text of ["<b>x</b>", "x\u202E", "x".repeat(10_000)]) {
      const purpose = { purpose: "other", texts: { en: { text } } };
      expect(await refusal(net.root.call("POST", "/operator/purposes", net.token, purpose))).toMatch(/^400 /);
    }
  });
});
