import { compactDecrypt, decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, keyPair, type Party } from "../support/parties.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());

/** Every value of June's that could link her: strings of 16 characters and more, each token taken apart as far as its reader can. */
class Seen {
  readonly values = new Set<string>();

  add(value: unknown): void {
    if (typeof value === "string") this.#addString(value);
    else if (Array.isArray(value)) for (const element of value) this.add(element);
    else if (value !== null && typeof value === "object") for (const member of Object.values(value)) this.add(member);
  }

  #addString(value: string): void {
    if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(value)) this.add(decodeJwt(value));
    if (/^[\w-]+(\.[\w-]*){2,4}$/.test(value)) this.add(decodeProtectedHeader(value));
    if (value.length >= 16) this.values.add(value);
  }

  /** What two parties both see, apart from what names the exchange, its definitions and the parties themselves. */
  shared(other: Seen, known: ReadonlySet<string>): readonly string[] {
    return [...this.values].filter((value) => other.values.has(value) && !known.has(value));
  }
}

test("design §3 no two Clients and no two sources share a value of June's, nor a Client and a source outside the token between them", async () => {
  const clients = new Map<Party, Seen>();
  const sources = new Map<Party, Seen>([net.provincial, net.lakeside].map((source) => [source, new Seen()]));
  const between = new Map<string, Set<string>>();
  for (const [source, seen] of sources) seen.add(net.subs.get(source));

  for (const app of [net.app, net.otherApp]) {
    const seen = new Seen();
    clients.set(app, seen);
    const request = {
      scope: "openid immunization-history.read",
      login_hint: await net.june.code("app"),
      binding_message: "A",
    };
    const started = await answered(app.post("/bc-authorize", request));
    seen.add({ ...started, login_hint: request.login_hint });
    await net.june.approve(await net.june.waiting());
    let grant: Record<string, string> = {
      grant_type: "urn:openid:params:grant-type:ciba",
      auth_req_id: String(started["auth_req_id"]),
    };
    // As the client kit does: one DPoP key for each source.
    for (const [source, location] of [
      [net.provincial, "https://registry.test"],
      [net.lakeside, "https://clinic.test"],
    ] as const) {
      const tokens = (await answered(
        app.post("/token", { ...grant, resource: location }, { keys: await keyPair() }),
      )) as Record<string, string>;
      grant = { grant_type: "refresh_token", refresh_token: tokens["refresh_token"] ?? grant["refresh_token"] ?? "" };
      seen.add(tokens);
      const token = String(tokens["access_token"]);
      const given = new Seen();
      given.add(token);
      between.set(`${app.clientId} ${source.clientId}`, given.values);
      const atSource = sources.get(source) as Seen;
      atSource.add(token);
      if (token.split(".").length === 5) {
        // The Client reads nothing but the header: no payload, and nothing in the header that is not sealed to the exchange.
        expect(Object.keys(decodeProtectedHeader(token)).sort()).toEqual([
          "alg",
          "cty",
          "enc",
          "epk",
          "hangs_on",
          "kid",
          "typ",
        ]);
        atSource.add(new TextDecoder().decode((await compactDecrypt(token, net.encryption.privateKey)).plaintext));
      }
      atSource.add(await answered(source.post("/introspect", { token })));
    }
  }

  const known = new Set<string>([
    exchange.issuer,
    immunizations,
    "https://registry.test",
    "https://clinic.test",
    "immunization-calendar",
    "immunization-history.read",
    "openid immunization-history.read",
    "ECDH-ES+A256KW",
  ]);
  for (const party of [net.app, net.otherApp, net.provincial, net.lakeside]) known.add(party.clientId);
  const [jwks] = [await answered(exchange.fetch(`${exchange.issuer}/jwks`))] as [{ keys: { kid: string }[] }];
  for (const { kid } of jwks.keys) known.add(kid);

  const [first, second] = [...clients.values()] as [Seen, Seen];
  expect(first.shared(second, known)).toEqual([]);
  const [provincial, lakeside] = [...sources.values()] as [Seen, Seen];
  expect(provincial.shared(lakeside, known)).toEqual([]);
  for (const [app, atApp] of clients)
    for (const [source, atSource] of sources) {
      const token = between.get(`${app.clientId} ${source.clientId}`) as Set<string>;
      expect(atApp.shared(atSource, known).filter((value) => !token.has(value))).toEqual([]);
    }
  expect(provincial.values.size).toBeGreaterThan(10);
});
