import { decodeJwt } from "jose";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Operator, operator } from "../../sdk/operator/operator.ts";
import { newJwkPair, publicHalf } from "../../sdk/signing-key.ts";
import { type FakeExchange, fakeExchange } from "./fake-exchange.ts";

let exchange: FakeExchange;
let acting: Operator;
const { privateKey: key, publicKey } = await newJwkPair("sig");
const purpose = { purpose: "calendar", texts: { en: { text: "To show a calendar" } } };

beforeEach(async () => {
  exchange = await fakeExchange();
  acting = operator({ issuer: exchange.issuer, key });
  exchange.on("/token", () => ({ json: { access_token: "t", token_type: "DPoP", expires_in: 300 } }));
  return () => vi.useRealTimers();
});
afterEach(() => exchange.close());

test("docs/operator.md add tells whether it was new", async () => {
  exchange.on("/operator/purposes", () => ({ status: 201, json: purpose }));
  expect(await acting.add("purposes", purpose)).toEqual({ created: true, entry: purpose });
  exchange.on("/operator/purposes", () => ({ status: 200, json: purpose }));
  expect(await acting.add("purposes", purpose)).toEqual({ created: false, entry: purpose });
  expect(exchange.to("/operator/purposes")[0]?.json).toEqual(purpose);
});

test("docs/operator.md list and show", async () => {
  exchange.on("/operator/purposes", () => ({ json: { purposes: [purpose] } }));
  exchange.on("/operator/purposes/a%2Fb", () => ({ json: purpose }));
  expect(await acting.list("purposes")).toEqual([purpose]);
  expect(await acting.show("purposes", "a/b")).toEqual(purpose);
});

test("docs/operator.md a logo is given and taken away", async () => {
  exchange.on("/operator/clients/a/logo", ({ method }) => ({ json: method === "PUT" ? { logo: "h" } : {} }));
  expect(await acting.setLogo("clients", "a", Uint8Array.of(255, 254, 0))).toEqual({ logo: "h" });
  expect(exchange.to("/operator/clients/a/logo")[0]?.json).toEqual({ png: "//4A" });
  expect(await acting.removeLogo("clients", "a")).toEqual({});
});

test("RFC 9449 §7 every request carries the bound token and a proof of its own; the token is fetched once", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  exchange.on("/operator/purposes", () => ({ json: { purposes: [] } }));
  await acting.list("purposes");
  await acting.list("purposes");
  expect(exchange.to("/token")).toHaveLength(1);
  const form = exchange.to("/token")[0]?.form;
  expect(form?.get("scope")).toBe("operate");
  expect(decodeJwt(form?.get("client_assertion") ?? "")).toMatchObject({ iss: "operator", aud: exchange.issuer });
  const [first, second] = exchange
    .to("/operator/purposes")
    .map(({ headers }) => decodeJwt(String(headers["dpop"])).jti);
  expect(first).not.toBe(second);
  vi.setSystemTime(Date.now() + 290_000);
  await acting.list("purposes");
  expect(exchange.to("/token")).toHaveLength(2);
});

test.each([
  [404, "not_found", {}],
  [409, "conflict", {}],
  [401, "invalid_token", { "www-authenticate": 'DPoP error="invalid_token"' }],
])("RFC 6749 §5.2 a refusal %i carries status and code", async (status, error, headers) => {
  exchange.on("/operator/purposes", () => ({ status, headers, json: { error, error_description: "Why." } }));
  await expect(acting.add("purposes", purpose)).rejects.toMatchObject({
    status,
    code: error,
    message: `${error}: Why.`,
  });
});

test("RFC 6749 §5.2 another operator's key is invalid_client", async () => {
  exchange.on("/token", () => ({ status: 401, json: { error: "invalid_client" } }));
  await expect(acting.list("purposes")).rejects.toMatchObject({ status: 401, code: "invalid_client" });
});

test("RFC 7517 §9.2 the public half has no private member", () => {
  expect(publicHalf(key)).toEqual(publicKey);
  expect(Object.keys(publicKey).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
});
