import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { document, immunizations, registry } from "../support/network.ts";
import { answered, keyPair, Party, refusal } from "../support/parties.ts";

let exchange: TestExchange;
let parties: Awaited<ReturnType<typeof registry>>;
let initial: string;
const keys = await keyPair();
const expires_at = Math.floor(Date.now() / 1000) + 3_600;
const capabilities = [{ type: document, actions: ["view"], purpose: "immunization-calendar" }];
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  parties = await registry(exchange);
  ({ initial_access_token: initial } = (await parties.add("initial-access-tokens", {
    capabilities,
    resource_server: true,
    expires_at,
  })) as { initial_access_token: string });
});
afterAll(() => exchange.close());

const register = (body: unknown, token = initial) =>
  exchange.fetch(`${issuer}/register`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const jwks = async () => ({ keys: [{ ...(await new Party(exchange, "", keys, keys).jwk()), kid: "a" }] });

describe("RFC 7591 §3 registration", () => {
  test.each(["javascript:alert(1)", "http://reader.test/back", "https://reader.test/back#f", "com.reader:/back"])(
    "RFC 7591 §3.2.2 %s is an invalid_redirect_uri",
    async (uri) => {
      const metadata = { client_name: "Reader", jwks: await jwks(), grant_types: ["authorization_code"] };
      expect(await refusal(register({ ...metadata, redirect_uris: [uri] }))).toBe("400 invalid_redirect_uri");
      const claims = { redirect_uris: ["https://reader.test/back"], claims_redirect_uris: [uri] };
      expect(await refusal(register({ ...metadata, ...claims }))).toBe("400 invalid_redirect_uri");
    },
  );
  test.each([issuer, `${issuer}/userinfo`])(
    "N-28 no Resource Server is %s: that audience is ours",
    async (resource) => {
      const metadata = { client_name: "Archive", jwks: await jwks(), scope: "uma_protection", resource };
      expect(await refusal(register(metadata))).toBe("400 invalid_client_metadata");
    },
  );
  test("(+) receives what the initial access token carries, and can use it", async () => {
    const answer = await answered(register({ client_name: "Reader", jwks: await jwks(), unknown_member: 1 }));
    expect(answer).toMatchObject({
      capabilities,
      token_endpoint_auth_method: "private_key_jwt",
      dpop_bound_access_tokens: true,
      grant_types: ["urn:openid:params:grant-type:ciba", "refresh_token"],
    });
    expect(answer).not.toHaveProperty("unknown_member");
    const reader = new Party(exchange, String(answer["client_id"]), keys, await keyPair());
    expect(
      (await reader.post("/bc-authorize", { scope: "openid document.view", login_hint: "x", binding_message: "A" }))
        .status,
    ).toBe(200);
    expect(
      await refusal(
        reader.post("/bc-authorize", {
          scope: "openid immunization-history.read",
          login_hint: "x",
          binding_message: "A",
        }),
      ),
    ).toBe("400 invalid_scope");
    expect(await refusal(reader.post("/token", { grant_type: "client_credentials" }))).toBe("400 unauthorized_client");
  });
  test("RFC 7591 §3.2.1 what it gets in place of what it asked for is told", async () => {
    const wishes = { subject_type: "public", id_token_signed_response_alg: "RS256" };
    const answer = await answered(register({ client_name: "Reader", jwks: await jwks(), ...wishes }));
    expect(answer).toMatchObject({ subject_type: "pairwise", id_token_signed_response_alg: "ES256" });
  });
  test("(+) scope uma_protection registers a Resource Server, whose identifier is nobody else's", async () => {
    const metadata = {
      client_name: "Archive",
      jwks: await jwks(),
      scope: "uma_protection",
      resource: "https://archive.test",
    };
    const { client_id } = await answered(register(metadata));
    const archive = new Party(exchange, String(client_id), keys, await keyPair());
    expect((await archive.call("GET", "/rreg?resource_owner=none", await archive.token("uma_protection"))).status).toBe(
      200,
    );
    for (const resource of [
      "https://archive.test",
      "https://archive.test/",
      "https://ARCHIVE.test",
      "https://archive.test:443",
    ])
      expect([resource, await refusal(register({ ...metadata, resource }))]).toEqual([
        resource,
        "400 invalid_client_metadata",
      ]);
    const other = await parties.add("initial-access-tokens", { capabilities: [], resource_server: false, expires_at });
    expect(
      await refusal(register({ ...metadata, resource: "https://b.test" }, String(other["initial_access_token"]))),
    ).toBe("400 invalid_client_metadata");
  });
  test.each([
    ["N-50 push delivery", { backchannel_token_delivery_mode: "push" }],
    ["N-49 a key set inside", { jwks_uri: "https://10.0.0.1/jwks", jwks: undefined }],
    ["a name of spaces", { client_name: "   " }],
    ["a name of signs", { client_name: "---" }],
    ["N-72 two alphabets in one name", { client_name: "\u041cy Immunizations" }],
    ["no name", { client_name: undefined }],
    ["N-72 markup in the name", { client_name: "<b>Bank</b>" }],
    ["N-72 a bidirectional override", { client_name: "knaB\u202E" }],
    ["a secret", { token_endpoint_auth_method: "client_secret_basic" }],
    ["bearer tokens", { dpop_bound_access_tokens: false }],
    ["a grant that is not there", { grant_types: ["password"] }],
    ["http", { client_uri: "http://app.test" }],
    ["loopback where the deployment allows none", { client_uri: "http://localhost:3000" }],
    ["N-80 an address inside", { client_uri: "https://169.254.169.254/" }],
    ["N-80 an address inside, in disguise", { client_uri: "https://0x7f.1/" }],
    ["a short RSA key", { jwks: { keys: [{ kty: "RSA", n: "A".repeat(171), e: "AQAB" }] } }],
    ["a key that is none", { jwks: { keys: [{ kty: "EC", crv: "P-256", x: "a", y: "b" }] } }],
    ["a curve of other algorithms", { jwks: { keys: [{ kty: "EC", crv: "P-521", x: "a", y: "b" }] } }],
    ["no JSON object", []],
    ["a private key", { jwks: { keys: [{ kty: "EC", crv: "P-256", x: "a", y: "b", d: "c" }] } }],
    [
      "two keys of one kid",
      {
        jwks: {
          keys: [
            { kty: "EC", kid: "a" },
            { kty: "EC", kid: "a" },
          ],
        },
      },
    ],
  ])("%s is invalid_client_metadata, with words to mend it", async (_, wrong) => {
    const response = await register(
      Array.isArray(wrong) ? wrong : { client_name: "Reader", jwks: await jwks(), ...wrong },
    );
    expect(response.status).toBe(400);
    const { error, error_description } = (await response.json()) as Record<string, string>;
    expect(error).toBe("invalid_client_metadata");
    expect(error_description?.length).toBeGreaterThan(5);
  });
  test("no token, a foreign or a late one is invalid_token", async () => {
    for (const token of ["", "garbage", initial.replace("iat_", "rt_"), `${initial}A`])
      expect(await refusal(register({}, token))).toBe("401 invalid_token");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_601_000 });
    expect(await refusal(register({}))).toBe("401 invalid_token");
    vi.useRealTimers();
  });
});

describe("The operator surface", () => {
  test("adds, lists and shows; the same again is no mistake, other content under the name is", async () => {
    const get = async (path: string) => answered(parties.root.call("GET", path, parties.token));
    const { definitions } = (await get("/operator/definitions")) as { definitions: { type: string }[] };
    expect(definitions.map(({ type }) => type).sort()).toEqual([document, immunizations]);
    const definition = await get("/operator/definitions/document");
    const add = (body: unknown) => parties.root.call("POST", "/operator/definitions", parties.token, body);
    expect((await add(definition)).status).toBe(200);
    expect(await refusal(add({ ...definition, sensitivity: "health" }))).toBe("409 conflict");
    expect(await refusal(add({ ...definition, type: "not a URI" }))).toBe("400 invalid_client_metadata");
    expect(await refusal(parties.root.call("GET", "/operator/nothing", parties.token))).toBe("404 not_found");
    expect(await refusal(parties.root.call("GET", "/operator/clients/client_none", parties.token))).toBe(
      "404 not_found",
    );
    expect(
      await refusal(
        parties.root.call("POST", "/operator/clients", parties.token, {
          client_name: "X",
          jwks: await jwks(),
          capabilities: [{ ...capabilities[0], actions: ["delete"] }],
        }),
      ),
    ).toBe("400 invalid_client_metadata");
  });
  test("N-31 no grant but those of the metadata, no scope that is not registered", async () => {
    for (const grant_type of [
      "password",
      "implicit",
      "urn:ietf:params:oauth:grant-type:jwt-bearer",
      "urn:ietf:params:oauth:grant-type:token-exchange",
      "toString",
    ])
      expect(await refusal(parties.root.post("/token", { grant_type }))).toBe("400 unsupported_grant_type");
    expect(await refusal(parties.root.post("/token", { grant_type: "refresh_token", refresh_token: "rt_r1x" }))).toBe(
      "400 unauthorized_client",
    );
    expect(
      await refusal(parties.root.post("/token", { grant_type: "client_credentials", scope: "operate uma_protection" })),
    ).toBe("400 invalid_scope");
    expect(await refusal(parties.root.post("/token", {}))).toBe("400 invalid_request");
  });
});
