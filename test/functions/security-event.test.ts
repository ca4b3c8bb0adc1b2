import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { TOKENS_REVOKED } from "../../protocol/security-event.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { link, network } from "../support/network.ts";
import { answered, type Party } from "../support/parties.ts";
import { June } from "../support/person.ts";
import { stranger } from "../support/stranger.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let endpoint: Awaited<ReturnType<typeof stranger>>;
let app: Party;
let hospital: Party;
let silent: Party;
const status = (code: number) => endpoint.answers((_, response) => response.writeHead(code).end());
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  vi.stubEnv("ALLOW_LOOPBACK", "true");
  endpoint = await stranger((_, response) => response.writeHead(202).end());
  net = await network(exchange);
  app = await net.client("Told", { security_event_endpoint: `${endpoint.url}/app` });
  hospital = await net.resourceServer("General Hospital", "https://hospital.test", undefined, {
    security_event_endpoint: `${endpoint.url}/hospital`,
  });
  silent = await net.resourceServer("Silent", "https://silent.test");
});
afterAll(async () => {
  endpoint.close();
  await exchange.close();
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  endpoint.seen.length = 0;
  status(202);
});
afterEach(() => {
  vi.useRealTimers();
});

/** Somebody with both sources, who shares from them. */
async function shared(name: string) {
  const person = new June(exchange);
  await person.createAccount(name);
  const sub = await link(hospital, await person.code("source"));
  await link(silent, await person.code("source"));
  const scope = "openid immunization-history.read";
  const asked = { scope, login_hint: await person.code("app"), binding_message: "A" };
  const { auth_req_id } = await answered(app.post("/bc-authorize", asked));
  const screen = await person.waiting();
  await person.approve(screen);
  const tokens = await answered(
    app.post("/token", {
      grant_type: "urn:openid:params:grant-type:ciba",
      auth_req_id: String(auth_req_id),
      resource: "https://hospital.test",
    }),
  );
  await exchange.settled();
  endpoint.seen.length = 0;
  return { person, sub, consentId: screen.id, tokens };
}

/** What arrived at a path, verified as its reader would. */
async function told(path: string, audience: string) {
  const jwks = (await (await exchange.fetch(`${issuer}/jwks`)).json()) as JSONWebKeySet;
  const arrived = endpoint.seen.filter(({ request }) => request === `POST ${path}`);
  for (const { headers } of arrived)
    expect(headers).toMatchObject({ "content-type": "application/secevent+jwt", accept: "application/json" });
  const verified = arrived.map(({ body }) =>
    jwtVerify(body, createLocalJWKSet(jwks), { typ: "secevent+jwt", issuer, audience, algorithms: ["ES256"] }),
  );
  return (await Promise.all(verified)).map(({ payload }) => payload);
}

describe("RFC 8417, RFC 8935 Security Event Tokens", () => {
  test("RFC 8417 §2.2, RFC 9493 §3 a withdrawn consent is told to its sources and its Client, to each by its own names", async () => {
    const { person, consentId, tokens } = await shared("Ann");
    await person.withdraw(consentId);
    await exchange.settled();
    const ofHospital = await told("/hospital", hospital.clientId);
    const { consent } = decodeJwt(String(tokens["access_token"])) as { consent: string };
    const shape = { iss: issuer, iat: expect.any(Number), jti: expect.any(String), toe: expect.any(Number) };
    const events = { [TOKENS_REVOKED]: {} };
    expect(ofHospital).toEqual([
      { ...shape, aud: hospital.clientId, sub_id: { format: "opaque", id: consent }, events },
    ]);
    const { sub } = decodeJwt(String(tokens["id_token"]));
    const byHer = { [TOKENS_REVOKED]: { initiating_entity: "user" } };
    expect(await told("/app", app.clientId)).toEqual([
      { ...shape, aud: app.clientId, sub_id: { format: "iss_sub", iss: issuer, sub }, events: byHer },
    ]);
    expect(endpoint.seen).toHaveLength(2);
  });
  test("a disconnected source is told its own sub of the person, and nobody else anything", async () => {
    const { person, sub } = await shared("Bea");
    const { sources } = (await answered(person.call("GET", "/wallet/sources"))) as {
      sources: { id: string; name: string }[];
    };
    const id = sources.find(({ name }) => name === "General Hospital")?.id;
    await person.call("POST", `/wallet/sources/${id}/unlink`);
    await exchange.settled();
    expect(await told("/hospital", hospital.clientId)).toMatchObject([
      { sub_id: { format: "iss_sub", iss: issuer, sub }, events: { [TOKENS_REVOKED]: {} } },
    ]);
    expect(endpoint.seen).toHaveLength(1);
  });
  test("RFC 8935 §2.2, §2.4 out of order it is sent again as the same event until 202; a refusal is its answer", async () => {
    const { person, consentId } = await shared("Cas");
    status(503);
    await person.withdraw(consentId);
    await exchange.settled();
    expect(await told("/hospital", hospital.clientId)).toHaveLength(1);
    status(202);
    while (Number.isFinite(exchange.nextDelivery())) {
      vi.setSystemTime(exchange.nextDelivery());
      exchange.deliver();
      await exchange.settled();
    }
    const [first, again, ...more] = await told("/hospital", hospital.clientId);
    expect(again?.jti).toBe(first?.jti);
    expect(more).toEqual([]);

    const refused = await shared("Dee");
    status(400);
    await refused.person.withdraw(refused.consentId);
    await exchange.settled();
    expect(endpoint.seen).toHaveLength(2);
    expect(exchange.nextDelivery()).toBe(Number.POSITIVE_INFINITY);
  });
  test("RFC 8935 §2.2 the person sees who acknowledged it, who has not yet, and who is not told", async () => {
    const { person, consentId } = await shared("Eve");
    const seen = async () => (await answered(person.call("GET", `/wallet/consents/${consentId}`)))["told"];
    expect(await seen()).toBeUndefined();
    endpoint.answers(({ url }, response) => response.writeHead(url === "/app" ? 202 : 503).end());
    await person.withdraw(consentId);
    await exchange.settled();
    const heard = Math.floor(Date.now() / 1_000);
    const known = [{ name: "Silent" }, { name: "Told", app: true, heardAt: heard }];
    expect(await seen()).toEqual(expect.arrayContaining([{ name: "General Hospital", waits: true }, ...known]));
    status(202);
    while (Number.isFinite(exchange.nextDelivery())) {
      vi.setSystemTime(exchange.nextDelivery());
      exchange.deliver();
      await exchange.settled();
    }
    const later = { name: "General Hospital", heardAt: expect.any(Number) };
    expect(await seen()).toEqual(expect.arrayContaining([later, ...known]));
    expect(exchange.failures).toEqual([]);
  });
  test("RFC 8935 §2.2 one that never answers is tried for three days, and then finds out by itself", async () => {
    const { person, consentId } = await shared("Fay");
    status(503);
    await person.withdraw(consentId);
    await exchange.settled();
    const end = Date.now() + 3 * 86_400_000;
    while (Number.isFinite(exchange.nextDelivery())) {
      vi.setSystemTime(exchange.nextDelivery());
      exchange.deliver();
      await exchange.settled();
    }
    expect(Date.now()).toBeLessThanOrEqual(end + 3_600_000);
    vi.setSystemTime(end + 1_000);
    await person.signIn();
    const { told: parties } = (await answered(person.call("GET", `/wallet/consents/${consentId}`))) as {
      told: object[];
    };
    expect(parties).toContainEqual({ name: "General Hospital" });
  });
  test("Grant Management §5.2, RFC 8417 §2.2 a source that a change leaves out is told at once, and nobody else anything", async () => {
    const person = new June(exchange);
    await person.createAccount("Gil");
    await link(hospital, await person.code("source"));
    await link(silent, await person.code("source"));
    const ask = async (more: Record<string, string>, name: string, resource = "https://silent.test") => {
      const hint = { login_hint: await person.code("app"), binding_message: "A" };
      const { auth_req_id } = await answered(
        app.post("/bc-authorize", { scope: "openid immunization-history.read", ...hint, ...more }),
      );
      const screen = await person.waiting();
      const chosen = (screen.notice.asked[0]?.sources ?? []).filter((source) => name.includes(source.name));
      await answered(person.approve(screen, { sources: [chosen.map(({ id }) => id)] }));
      const tokens = await answered(
        app.post("/token", {
          grant_type: "urn:openid:params:grant-type:ciba",
          auth_req_id: String(auth_req_id),
          resource,
        }),
      );
      await exchange.settled();
      return { ...tokens, consentId: screen.id } as unknown as Record<
        "access_token" | "grant_id" | "consentId",
        string
      >;
    };
    const both = "General Hospital, Silent";
    const first = await ask({ grant_management_action: "create" }, both, "https://hospital.test");
    expect(endpoint.seen).toEqual([]);
    const change = { grant_management_action: "replace", grant_id: first.grant_id };
    await ask(change, both);
    expect(endpoint.seen).toEqual([]);
    await ask(change, "Silent");
    const { consent } = decodeJwt(first.access_token) as { consent: string };
    expect(await told("/hospital", hospital.clientId)).toMatchObject([
      { sub_id: { format: "opaque", id: consent }, events: { [TOKENS_REVOKED]: {} } },
    ]);
    expect(endpoint.seen).toHaveLength(1);
    const view = () => answered(person.call("GET", `/wallet/consents/${first.consentId}`));
    expect(await view()).toMatchObject({
      state: "active",
      told: [{ name: "General Hospital", heardAt: expect.any(Number) }],
    });
    await ask(change, "Silent");
    await person.withdraw(first.consentId);
    await exchange.settled();
    expect(await told("/hospital", hospital.clientId)).toHaveLength(1);
    expect(await view()).toMatchObject({ state: "ended", told: [{ name: "Silent" }, { name: "Told", app: true }] });
  });
});
