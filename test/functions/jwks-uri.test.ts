import type { RequestListener } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Certified, jwkOf, selfSigned } from "../support/certificates.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { postByTls } from "../support/mutual-tls.ts";
import { jwks, registry } from "../support/network.ts";
import { answered, type KeyPair, keyPair, Party, refusal } from "../support/parties.ts";
import { json, stranger } from "../support/stranger.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof registry>>;
let host: Awaited<ReturnType<typeof stranger>>;
const [first, second] = [await keyPair(), await keyPair()];
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  vi.stubEnv("ALLOW_LOOPBACK", "true");
  host = await stranger(json({}));
  net = await registry(exchange);
});
afterAll(async () => {
  host.close();
  await exchange.close();
});
const later = stillClock();

const headed =
  (status: number, headers: Record<string, string>, body = ""): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body);
const publishes = async (...keys: (readonly [string, KeyPair])[]) => {
  const sets = await Promise.all(keys.map(async ([kid, pair]) => ({ ...(await jwks(pair, "sig")).keys[0], kid })));
  host.answers(json({ keys: sets }));
};
async function app(): Promise<Party> {
  await publishes(["a", first]);
  const metadata = { client_name: "App", jwks_uri: `${host.url}/jwks`, jwks: undefined };
  const registered = await net.client(metadata.client_name, { ...metadata, grant_types: ["client_credentials"] });
  host.seen.length = 0;
  return new Party(exchange, registered.clientId, first, await keyPair());
}
/** Answers differ by authentication alone: this Client may not ask for the scope. */
const authenticates = async (party: Party, kid: string, pair: KeyPair) =>
  refusal(
    party.post("/token", {
      grant_type: "client_credentials",
      client_assertion: await party.assertion({}, { kid }, pair.privateKey),
    }),
  );
const YES = "400 invalid_scope";
const NO = "401 invalid_client";

describe("RFC 7591 §2 jwks_uri", () => {
  test("(+) is fetched at registration and told back, without the snapshot", async () => {
    await publishes(["a", first]);
    const answer = await net.add("clients", { client_name: "App", jwks_uri: `${host.url}/jwks`, capabilities: [] });
    expect(answer).toMatchObject({ jwks_uri: `${host.url}/jwks` });
    expect(answer).not.toHaveProperty("jwks");
    expect(host.seen.map(({ request }) => request)).toEqual(["GET /jwks"]);
    expect(await authenticates(new Party(exchange, String(answer["client_id"]), first, first), "a", first)).not.toBe(
      NO,
    );
  });
  test.each([
    ["a redirect", headed(302, { location: "/" })],
    ["no key set", json([])],
    ["an empty set", json({ keys: [] })],
    ["a weak key", json({ keys: [{ kty: "RSA", n: "A".repeat(171), e: "AQAB" }] })],
    ["a private key", json({ keys: [{ kty: "EC", crv: "P-256", x: "a", y: "b", d: "c" }] })],
    ["no JSON", headed(200, {}, "<html>")],
  ] as const)("%s is refused", async (_, answer) => {
    host.answers(answer);
    const add = net.add("clients", { client_name: "App", jwks_uri: `${host.url}/jwks`, capabilities: [] });
    await expect(add).rejects.toThrow("400");
  });
  test("both, none, or an address inside is refused, and nothing is fetched", async () => {
    host.seen.length = 0;
    const keys = await jwks(first, "sig");
    for (const wrong of [{}, { jwks: keys, jwks_uri: host.url }, { jwks_uri: "https://169.254.169.254/jwks" }])
      await expect(net.add("clients", { client_name: "App", capabilities: [], ...wrong })).rejects.toThrow("400");
    expect(host.seen).toEqual([]);
  });
});

describe("The snapshot and its lease", () => {
  test("RFC 8705 §2.2 a new certificate is found at its first use; a removed one is refused within 20 minutes", async () => {
    const [old, fresh] = [await selfSigned("CN=app"), await selfSigned("CN=app")];
    const shows = async (...shown: Certified[]) => {
      const keys = await Promise.all(shown.map((certificate, n) => jwkOf(certificate, `tls-${n}`)));
      host.answers(json({ keys }));
    };
    await shows(old);
    const method = { token_endpoint_auth_method: "self_signed_tls_client_auth", jwks_uri: `${host.url}/jwks` };
    const { client_id } = await net.add("clients", { client_name: "App", capabilities: [], ...method });
    const form = { client_id: String(client_id), token: "none" };
    const revoke = async (certificate: Certified) =>
      (await postByTls(exchange, "/revoke", form, { certificate })).status;
    expect(await revoke(old)).toBe(200);
    later(61);
    await shows(fresh);
    expect(await revoke(fresh)).toBe(200);
    later(1_201);
    expect(await revoke(old)).toBe(401);
    expect(await revoke(fresh)).toBe(200);
  });
  test("N-13 a thousand unknown kids cost one fetch per cool-down; a new key is found by it", async () => {
    const party = await app();
    later(60);
    for (let hundred = 0; hundred < 10; hundred++) {
      const tries = Array.from({ length: 100 }, (_, n) => authenticates(party, `unknown-${hundred}-${n}`, second));
      expect(new Set(await Promise.all(tries))).toEqual(new Set([NO]));
    }
    expect(host.seen).toHaveLength(1);
    await publishes(["a", first], ["b", second]);
    expect(await authenticates(party, "b", second)).toBe(NO);
    later(60);
    expect(await authenticates(party, "b", second)).toBe(YES);
    expect(await authenticates(party, "a", first)).toBe(YES);
    expect(host.seen).toHaveLength(2);
  });
  test("N-14 a removed key is refused within 20 minutes", async () => {
    const party = await app();
    await publishes(["b", second]);
    expect(await authenticates(party, "a", first)).toBe(YES);
    later(600);
    expect(await authenticates(party, "a", first)).toBe(NO);
    expect(await authenticates(party, "b", second)).toBe(YES);
  });
  test("N-14 an address that stays silent keeps no key alive, and comes back", async () => {
    const party = await app();
    host.answers((_, response) => response.writeHead(500).end());
    later(1_199);
    expect(await authenticates(party, "a", first)).toBe(YES);
    later(1);
    expect(await authenticates(party, "a", first)).toBe(NO);
    expect(host.seen).toHaveLength(1);
    await publishes(["a", first]);
    later(60);
    expect(await authenticates(party, "a", first)).toBe(YES);
  });
  test("(+) a Resource Server's keys, too", async () => {
    await publishes(["a", first]);
    const { client_id } = await net.add("resource-servers", {
      client_name: "Archive",
      scope: "uma_protection",
      resource: "https://archive.test",
      jwks_uri: `${host.url}/jwks`,
    });
    const archive = new Party(exchange, String(client_id), second, await keyPair());
    await publishes(["b", second]);
    later(60);
    const client_assertion = await archive.assertion({}, { kid: "b" });
    const asked = { grant_type: "client_credentials", scope: "uma_protection", client_assertion };
    expect(await answered(archive.post("/token", asked))).toMatchObject({ scope: "uma_protection" });
  });
});
