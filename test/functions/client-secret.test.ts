import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { jwks, registry } from "../support/network.ts";
import { answered, keyPair, refusal } from "../support/parties.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof registry>>;
let clientId: string;
let secret: string;
const wish = { client_name: "Platform", token_endpoint_auth_method: "client_secret_basic" };
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await registry(exchange);
  const told = await net.add("clients", { ...wish, capabilities: [] });
  [clientId, secret] = [String(told["client_id"]), String(told["client_secret"])];
  expect(told).toMatchObject({ client_secret_expires_at: 0, outside_fapi2: true });
});
afterAll(() => exchange.close());

async function revoke(authorization: string | undefined, form: Record<string, string> = {}) {
  const response = await exchange.fetch(`${issuer}/revoke`, {
    method: "POST",
    headers: authorization === undefined ? {} : { authorization },
    body: new URLSearchParams({ token: "none", ...form }),
  });
  if (response.status === 401 && authorization !== undefined)
    expect(response.headers.get("www-authenticate")).toMatch(/^Basic/);
  return response.ok ? "past" : refusal(response);
}
const basic = (id: string, password: string) => `Basic ${btoa(`${id}:${password}`)}`;
const REFUSED = "401 invalid_client";

describe("RFC 6749 §2.3.1 client_secret_basic, of a Client the operator admits", () => {
  test("id and secret, form-encoded, in the header and nowhere else", async () => {
    expect(secret).toMatch(/^[\w-]{44}$/);
    expect(await revoke(basic(clientId, secret))).toBe("past");
    expect(await revoke(basic(clientId.replace("_", "%5F"), secret))).toBe("past");
    expect(await revoke(basic(clientId, secret), { client_id: clientId })).toBe("past");
    for (const wrong of [
      basic(clientId, `${secret}x`),
      basic(clientId, ""),
      basic("client_unknown", secret),
      basic(`${clientId}:`, secret),
      basic(`${clientId}%`, secret),
      `Basic ${secret}`,
      `Bearer ${secret}`,
      "Basic ",
    ])
      expect({ wrong, told: await revoke(wrong) }).toEqual({ wrong, told: REFUSED });
    expect(await revoke(undefined, { client_id: clientId, client_secret: secret })).toBe(REFUSED);
    expect(await revoke(basic(clientId, secret), { client_id: "client_other" })).toBe(REFUSED);
  });

  test("RFC 6749 §2.3 N-11 a second method beside it is refused; a Client with a key never has a secret", async () => {
    expect(await revoke(basic(clientId, secret), { client_secret: secret })).toBe(REFUSED);
    const app = await net.client("With a key");
    const assertion = { client_assertion: await app.assertion() };
    const type = { client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" };
    expect(await revoke(basic(app.clientId, secret), { ...assertion, ...type })).toBe(REFUSED);
    expect(await revoke(basic(clientId, secret), { ...type })).toBe(REFUSED);
    for (const password of ["", "undefined", secret]) expect(await revoke(basic(app.clientId, password))).toBe(REFUSED);
  });

  test("the secret is told once, kept as a hash, and the Client is marked as outside FAPI 2.0", async () => {
    const shown = JSON.stringify(await answered(net.root.call("GET", `/operator/clients/${clientId}`, net.token)));
    const listed = JSON.stringify(await answered(net.root.call("GET", "/operator/clients", net.token)));
    for (const text of [shown, listed]) {
      expect(text).toContain('"outside_fapi2":true');
      expect(text).not.toMatch(/secret"|secretHash/i);
      expect(text).not.toContain(secret);
    }
  });

  test("RFC 7591 §2 nobody registers so by themselves, nor does a Resource Server", async () => {
    const expires_at = Math.floor(Date.now() / 1000) + 60;
    const grant = { capabilities: [], resource_server: true, expires_at };
    const { initial_access_token } = await net.add("initial-access-tokens", grant);
    const register = (method: string, path: string, token: unknown, body: object) =>
      exchange.fetch(issuer + path, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const BAD = "400 invalid_client_metadata";
    expect(await refusal(register("POST", "/register", initial_access_token, wish))).toBe(BAD);
    const source = { ...wish, scope: "uma_protection", resource: "https://source.test" };
    expect(await refusal(register("POST", "/register", initial_access_token, source))).toBe(BAD);
    await expect(net.add("resource-servers", source)).rejects.toThrow("invalid_client_metadata");
    const keys = { client_name: "App", jwks: await jwks(await keyPair(), "sig") };
    const mine = await answered(register("POST", "/register", initial_access_token, keys));
    const changed = { ...wish, client_id: mine["client_id"] };
    const path = `/register/${mine["client_id"]}`;
    expect(await refusal(register("PUT", path, mine["registration_access_token"], changed))).toBe(BAD);
  });
});
