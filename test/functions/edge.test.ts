import { ProvisionedThroughputExceededException } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { routes } from "../../functions/routes.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { registry } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";

let exchange: TestExchange;
let app: Party;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  app = await (await registry(exchange)).client("App");
});
afterAll(() => exchange.close());

const form = "application/x-www-form-urlencoded";
const post = (path: string, body: string, type = form) =>
  exchange.fetch(issuer + path, { method: "POST", headers: { "content-type": type }, body });

describe("The edge", () => {
  test("RFC 9110 §15.5.6 every route answers its methods and 405 with Allow to others; an unknown path is 404", async () => {
    for (const path of new Set(routes.map((route) => route.path))) {
      const methods = routes.filter((route) => route.path === path).flatMap((route) => [...route.methods]);
      const target = (path.startsWith("/wallet") ? walletOrigin : issuer) + path.replace(/\{\w+\}/g, "x");
      const refused = await exchange.fetch(target, { method: "PATCH" });
      expect([path, refused.status, await refusal(refused.clone())]).toEqual([
        path,
        405,
        "405 unsupported_method_type",
      ]);
      expect(
        refused.headers
          .get("allow")
          ?.split(", ")
          .filter((method) => method !== "OPTIONS")
          .sort(),
      ).toEqual([...methods].sort());
      for (const method of methods)
        expect([path, method, (await exchange.fetch(target, { method })).status]).not.toContain(405);
    }
    expect(await refusal(exchange.fetch(`${issuer}/nothing`))).toBe("404 not_found");
    expect(await refusal(exchange.fetch(`${issuer}/token/`, { method: "POST" }))).toBe("404 not_found");
  });
  test("N-34 RFC 6749 §3.2 repeated parameters, another content type, parameters in the query", async () => {
    const assertion = async () =>
      `client_assertion=${await app.assertion()}&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer`;
    expect(await refusal(post("/token", `grant_type=a&grant_type=b&${await assertion()}`))).toBe("400 invalid_request");
    expect(await refusal(post("/token", `grant_type=&grant_type=&${await assertion()}`))).toBe("400 invalid_request");
    expect(await refusal(post("/token", `{"grant_type":"a"}`, "application/json"))).toBe("400 invalid_request");
    expect(await refusal(post("/token", "grant_type=a", "text/plain"))).toBe("400 invalid_request");
    expect(await refusal(post("/token?grant_type=a", await assertion()))).toBe("400 invalid_request");
    expect(await refusal(post("/token", `grant_type=&${await assertion()}`))).toBe("400 invalid_request");
  });
  test("a body over 32 kB, broken JSON and a repeated JSON member are invalid_request", async () => {
    expect(await refusal(post("/token", `a=${"x".repeat(33_000)}`))).toBe("400 invalid_request");
    for (const body of [`{"a":1`, `{"a":1,"\\u0061":2}`, `{"b":{"a":1,"a":2}}`])
      expect(await refusal(post("/register", body, "application/json"))).toBe("400 invalid_request");
    expect(await refusal(post("/register", `{"a":[{"b":1},{"b":2}],"b":"\\"a\\":"}`, "application/json"))).toBe(
      "401 invalid_token",
    );
  });
  test("RFC 9110 §9.3.2 HEAD goes where GET goes", async () => {
    expect((await exchange.fetch(`${issuer}/jwks`, { method: "HEAD" })).status).toBe(200);
    expect((await exchange.fetch(`${issuer}/token`, { method: "HEAD" })).status).toBe(405);
  });
  test("RFC 6749 §5.1 answers are not stored; documents are for a while", async () => {
    expect((await post("/token", "")).headers.get("cache-control")).toBe("no-store");
    const document = await exchange.fetch(`${issuer}/jwks`);
    expect(document.headers.get("cache-control")).toContain("max-age");
    const { keys } = (await answered(document)) as unknown as { keys: Record<string, string>[] };
    expect(keys).toMatchObject([{ kty: "EC", crv: "P-256", alg: "ES256", use: "sig" }]);
    expect(keys[0]).not.toHaveProperty("d");
  });
  test("RFC 8414 §3.3 and OIDC Discovery §4.3 the two documents say the same, and every endpoint is a route", async () => {
    const metadata = await answered(exchange.fetch(`${issuer}/.well-known/openid-configuration`));
    expect(await answered(exchange.fetch(`${issuer}/.well-known/oauth-authorization-server`))).toEqual(metadata);
    expect(metadata["issuer"]).toBe(issuer);
    for (const [name, value] of Object.entries(metadata))
      if (/_endpoint$|_uri$/.test(name))
        expect(routes.map(({ path }) => issuer + path.split("/{")[0])).toContain(value);
  });
});

describe("Trouble behind the edge", () => {
  const dynamodb = () => mockClient(DynamoDBDocumentClient);
  let mock: ReturnType<typeof dynamodb> | undefined;
  afterEach(() => mock?.restore());
  const ask = async () => app.post("/token", { grant_type: "client_credentials" });

  test("REL-10 a throttled table is 503 with Retry-After", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 5_000 });
    mock = dynamodb();
    mock.on(GetCommand).rejects(new ProvisionedThroughputExceededException({ message: "slow down", $metadata: {} }));
    const response = await ask();
    expect(await refusal(response.clone())).toBe("503 temporarily_unavailable");
    expect(response.headers.get("retry-after")).toBe("1");
    vi.useRealTimers();
  });
  test("a crash is a 500 that tells nothing", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10_000 });
    mock = dynamodb();
    mock.on(GetCommand).rejects(new Error("the name of a secret table"));
    const response = await ask();
    expect(response.status).toBe(500);
    expect(await response.text()).toBe(
      '{"error":"server_error","error_description":"Something went wrong on our side."}',
    );
    vi.useRealTimers();
  });
  test("a wrong assertion writes nothing", async () => {
    mock = dynamodb();
    mock.on(GetCommand).callsFakeOnce(() => ({}));
    expect(await refusal(app.post("/token", { client_assertion: "a.b.c" }))).toBe("401 invalid_client");
    expect(mock.commandCalls(PutCommand)).toHaveLength(0);
  });
});
