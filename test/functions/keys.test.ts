import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { operator } from "../support/network.ts";
import { answered } from "../support/parties.ts";

let exchange: TestExchange;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
});
afterAll(() => exchange.close());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
});
afterEach(() => {
  vi.useRealTimers();
});

const later = (hours: number) => vi.setSystemTime(Date.now() + hours * 3_600_000);
const jwks = async () => (await answered(exchange.fetch(`${issuer}/jwks`))) as unknown as JSONWebKeySet;
const turn = async () => (await import("../../functions/keys.ts")).handler();

test("design §4 keys turn behind running functions: published a day ahead, then signed with, then gone", async () => {
  const root = await operator(exchange);
  const kidOf = (token: string) => decodeProtectedHeader(token).kid;
  const opens = async (token: string) => (await root.call("GET", "/operator/definitions", token)).status;
  const first = await root.token("operate");
  expect((await jwks()).keys.map(({ kid }) => kid)).toEqual([kidOf(first)]);

  later(24);
  await turn();
  later(0.02);
  const announced = await jwks();
  expect(announced.keys).toHaveLength(2);
  for (const key of announced.keys)
    expect(Object.keys(key).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
  expect(kidOf(await root.token("operate"))).toBe(kidOf(first));

  later(24);
  later(0.13);
  const last = await root.token("operate");
  later(0.02);
  const next = await root.token("operate");
  expect(kidOf(last)).toBe(kidOf(first));
  expect(kidOf(next)).toBe(announced.keys[1]?.kid);
  // What a verifier fetched a day ago verifies both; what the retired key signed opens our own endpoints until it ends.
  for (const jwt of [last, next])
    await jwtVerify(jwt, createLocalJWKSet(announced), { currentDate: new Date(Date.now() - 300_000) });
  expect(await opens(last)).toBe(200);
  expect(await opens(next)).toBe(200);

  later(1);
  expect((await jwks()).keys.map(({ kid }) => kid)).toEqual([kidOf(next)]);
});
