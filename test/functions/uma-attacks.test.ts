import { SignJWT } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, jwks, link, network } from "../support/network.ts";
import { answered, type KeyPair, keyPair, type Party, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";
import { claimed, idTokenOf, presentedBy, registeredResource, ticketFor, UMA_TICKET } from "../support/ticket.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
let otherApp: Party;
let bob: June;
let bobAtApp: string;
let idp: KeyPair;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  const grant_types = [UMA_TICKET, "urn:openid:params:grant-type:ciba", "refresh_token"];
  [app, otherApp] = await Promise.all([
    net.client("Family Records", { grant_types }),
    net.client("Another App", { grant_types }),
  ]);
  bob = new June(exchange, walletOrigin);
  await bob.createAccount("Bob");
  await link(net.lakeside, await bob.code("source"));
  bobAtApp = await idTokenOf(exchange, bob, app);
  idp = await keyPair();
  await net.add("claims-issuers", { issuer: "https://idp.example", jwks: await jwks(idp, "sig") });
});
afterEach(() => void vi.useRealTimers());
afterAll(() => exchange.close());

const read = (resource_id: string) => ticketFor(net.lakeside, { resource_id, resource_scopes: ["read"] });

/** A resource of an owner nobody asked before (a person is asked three times an hour by one Client, UX-36), and a ticket for it. */
async function fresh() {
  const owner = new June(exchange, walletOrigin);
  await owner.createAccount("Olga");
  const sub = await link(net.lakeside, await owner.code("source"));
  const description = { type: immunizations, resource_scopes: ["read", "subscribe"] };
  const id = await registeredResource(net.lakeside, sub, description);
  return { owner, sub, id, ticket: await read(id) };
}

/** As far as the owner's answer; what they say decides. */
async function asked() {
  const { owner, sub, id, ticket } = await fresh();
  const submitted = await presentedBy(app, ticket, claimed(bobAtApp));
  expect(submitted.error).toBe("request_submitted");
  return { owner, sub, id, first: ticket, ticket: submitted.ticket ?? "", screen: await owner.waiting() };
}

const active = async (token: unknown, source = net.lakeside) =>
  (await answered(source.post("/introspect", { token: String(token) })))["active"];

function later(seconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
}

describe("UMA Grant §5.5 permission tickets are single-use", () => {
  test("N-63 twenty presentations at once: one answer, 19 invalid_grant that revoke nothing", async () => {
    const { owner, ticket, screen } = await asked();
    await owner.approve(screen);
    const answers = await Promise.all(Array.from({ length: 20 }, () => presentedBy(app, ticket)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(400)]);
    expect(answers.filter(({ error }) => error === "invalid_grant")).toHaveLength(19);
    const token = answers.find(({ status }) => status === 200)?.["access_token"];
    expect(await active(token)).toBe(true);
  });

  test("N-63 a ticket read as spent kills the tokens it led to; the owner's consent stays, and a new process goes on", async () => {
    const { owner, id, ticket, screen } = await asked();
    await owner.approve(screen);
    const granted = await presentedBy(app, ticket);
    expect(await active(granted["access_token"])).toBe(true);
    later(2);
    expect(await presentedBy(app, ticket)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await active(granted["access_token"])).toBe(false);
    const refresh = { grant_type: "refresh_token", refresh_token: String(granted["refresh_token"]) };
    expect(await refusal(app.post("/token", refresh))).toBe("400 invalid_grant");
    expect(await presentedBy(app, await read(id), { pct: String(granted["pct"]) })).toMatchObject({ status: 200 });
  });

  test("N-63 an older ticket of a process that waits is invalid_grant, and the newest lives on", async () => {
    const { owner, first, ticket, screen } = await asked();
    later(2);
    expect(await presentedBy(app, first, claimed(bobAtApp))).toMatchObject({ error: "invalid_grant" });
    await owner.decline(screen);
    expect(await presentedBy(app, ticket)).toMatchObject({ status: 403, error: "request_denied" });
    expect(await presentedBy(app, ticket)).toMatchObject({ error: "invalid_grant" });
  });

  test("§3.3.6 garbage, another kind of handle and a late ticket are invalid_grant", async () => {
    const { ticket } = await asked();
    for (const text of ["garbage", `${ticket}x`, ticket.replace("ticket_", "code_")])
      expect(await presentedBy(app, text)).toMatchObject({ status: 400, error: "invalid_grant" });
    const { ticket: late } = await fresh();
    later(604_801);
    expect(await presentedBy(app, late)).toMatchObject({ status: 400, error: "invalid_grant" });
  });
});

describe("UMA Grant §5 who may go on with what", () => {
  test("N-64 a ticket binds to the first Client that presents it, and its token to its Resource Server", async () => {
    const { ticket } = await fresh();
    const mine = await presentedBy(app, ticket);
    expect(mine.error).toBe("need_info");
    expect(await presentedBy(otherApp, mine.ticket ?? "")).toMatchObject({ error: "invalid_grant" });
    expect(await presentedBy(app, mine.ticket ?? "", claimed(bobAtApp))).toMatchObject({ error: "request_submitted" });
  });

  test("N-67 another requesting party than the process began with is request_denied", async () => {
    const { ticket } = await asked();
    const carlos = claimed(await idpToken("carlos", { aud: app.clientId }));
    expect(await presentedBy(app, ticket, carlos)).toMatchObject({ status: 403, error: "request_denied" });
  });

  test("N-68, §5.2 a PCT of another Client, and one that is none, is as if it were not there", async () => {
    const { owner, ticket, screen } = await asked();
    await owner.approve(screen);
    const { pct } = await presentedBy(app, ticket);
    for (const tried of [String(pct), "garbage"]) {
      const { ticket: next } = await fresh();
      expect(await presentedBy(otherApp, next, { pct: tried })).toMatchObject({ error: "need_info" });
    }
  });

  test("N-65, §5.6 no claims and no consent never add up to a permission; without a capability it is request_denied", async () => {
    const { ticket } = await fresh();
    expect(await presentedBy(app, ticket)).toMatchObject({ status: 403, error: "need_info" });
    const stranger = await net.client("No capability", {
      grant_types: [UMA_TICKET, "urn:openid:params:grant-type:ciba"],
      capabilities: [],
    });
    const { ticket: next } = await fresh();
    const theirs = await idpToken("bob", { aud: stranger.clientId });
    expect(await presentedBy(stranger, next, claimed(theirs))).toMatchObject({ status: 403, error: "request_denied" });
  });

  test("N-60, N-61 a grant on one resource opens no other, whatever it is called", async () => {
    const { owner, sub, id, ticket, screen } = await asked();
    await owner.approve(screen);
    const granted = await presentedBy(app, ticket);
    const told = await answered(net.lakeside.post("/introspect", { token: String(granted["access_token"]) }));
    expect(told["authorization_details"]).toMatchObject([{ resource_ids: [id], actions: ["read"] }]);
    const twin = await registeredResource(net.lakeside, sub, { type: immunizations, resource_scopes: ["read"] });
    for (const other of [await read(twin), (await fresh()).ticket])
      expect(await presentedBy(app, other, { pct: String(granted["pct"]) })).toMatchObject({
        error: "request_submitted",
      });
  });
});

describe("UMA Grant §5.7 claim tokens", () => {
  test("N-62 (+) a trusted issuer's ID token for this Client; what else it claims counts for nothing", async () => {
    const { owner, ticket } = await fresh();
    const claims = { name: "Dr. Ada", time: 0, ip: "127.0.0.1", role: "admin", owner: true };
    const token = await idpToken("ada", { aud: app.clientId, ...claims });
    expect(await presentedBy(app, ticket, claimed(token))).toMatchObject({ error: "request_submitted" });
    expect((await owner.waiting()).notice.requestingParty).toMatchObject({ you: false, name: "Dr. Ada" });
  });

  test.each([
    ["another audience", async () => idpToken("ada", { aud: "https://elsewhere.example" })],
    ["an issuer nobody trusts", async () => idpToken("ada", { aud: app.clientId, iss: "https://evil.example" })],
    ["another key", async () => idpToken("ada", { aud: app.clientId }, (await keyPair()).privateKey)],
    ["expired", async () => idpToken("ada", { aud: app.clientId, exp: 1 })],
    ["no sub", async () => idpToken("", { aud: app.clientId, sub: undefined })],
    ["our ID token for another Client", async () => idTokenOf(exchange, bob, otherApp)],
    ["an access token of ours", async () => net.lakeside.token("uma_protection")],
    ["no JWT", async () => "bm90IGEgand0"],
  ])("N-62 %s is as if it were not there: need_info", async (_, token) => {
    const { ticket } = await fresh();
    expect(await presentedBy(app, ticket, claimed(await token()))).toMatchObject({ status: 403, error: "need_info" });
  });

  test("§3.3.1 claim_token and claim_token_format go together, and another format is need_info", async () => {
    const { ticket } = await fresh();
    expect(await presentedBy(app, ticket, { claim_token: bobAtApp })).toMatchObject({ error: "invalid_request" });
    const saml = { claim_token: bobAtApp, claim_token_format: "urn:oasis:names:tc:SAML:2.0:assertion" };
    expect(await presentedBy(app, ticket, saml)).toMatchObject({ error: "need_info" });
  });

  test("§3.3.1 a claim token is taken base64url encoded, too", async () => {
    const { ticket } = await fresh();
    const token = Buffer.from(await idpToken("ada", { aud: issuer })).toString("base64url");
    expect(await presentedBy(app, ticket, claimed(token))).toMatchObject({ error: "request_submitted" });
  });
});

async function idpToken(sub: string, claims: Record<string, unknown>, key = idp.privateKey): Promise<string> {
  const iat = Math.floor(Date.now() / 1000);
  const good = { iss: "https://idp.example", sub, iat, exp: iat + 120 };
  return new SignJWT(JSON.parse(JSON.stringify({ ...good, ...claims })))
    .setProtectedHeader({ alg: "ES256", kid: "sig-1" })
    .sign(key);
}
