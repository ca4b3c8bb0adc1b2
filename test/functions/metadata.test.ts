import { createLocalJWKSet, jwtVerify, SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { advertised } from "../conformance/metadata.ts";
import { backchannel } from "../support/backchannel.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { jwks, network } from "../support/network.ts";
import { answered, keyPair, Party, refusal } from "../support/parties.ts";
import { good, redirecting } from "../support/redirect.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let metadata: Record<string, unknown>;
/** A Client with a key of each algorithm: its `kid` is the algorithm. */
const clients = new Map<string, Party>();
const algorithms = ["ES256", "PS256", "EdDSA", "Ed25519"];
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  metadata = await answered(exchange.fetch(`${issuer}/.well-known/oauth-authorization-server`));
  for (const alg of algorithms) {
    const keys = await keyPair(alg);
    const { keys: published } = await jwks(keys, "sig");
    const own = { jwks: { keys: published.map((key) => ({ ...key, alg })) }, ...redirecting };
    const grant_types = [...redirecting.grant_types, "urn:openid:params:grant-type:ciba"];
    const { clientId } = await net.client(`Client ${alg}`, { ...own, grant_types });
    clients.set(alg, new Party(exchange, clientId, keys, await keyPair()));
  }
});
afterAll(() => exchange.close());

const of = (alg: string) => clients.get(alg) as Party;
const assertion = (alg: string) => of(alg).assertion({}, { alg });
const time = () => Math.floor(Date.now() / 1000);
const signedBy = (alg: string, claims: object) =>
  new SignJWT({ iss: of(alg).clientId, aud: issuer, iat: time(), nbf: time(), exp: time() + 60, jti: "a", ...claims })
    .setProtectedHeader({ alg })
    .sign(of(alg).keys.privateKey);

test("RFC 8414 §2 every member has a row, and every row a member", () => {
  expect(Object.keys(metadata).sort()).toEqual(Object.keys(advertised).sort());
});

test("OIDC Discovery §3 request_uri_parameter_supported is false, for whoever reads its absence as true", async () => {
  expect(metadata["request_uri_parameter_supported"]).toBe(false);
  const request_uri = "https://app.test/request";
  expect(await refusal(of("ES256").post("/par", { ...good, request_uri }))).toBe("400 invalid_request");
});

/** What each list of algorithms means, tried with each of them; the answer is a success. */
const uses: Readonly<Record<string, (alg: string) => Promise<Response>>> = {
  token_endpoint_auth_signing_alg_values_supported: async (alg) =>
    of(alg).post("/par", { ...good, client_assertion: await assertion(alg) }),
  introspection_endpoint_auth_signing_alg_values_supported: async (alg) =>
    of(alg).post("/introspect", { token: "x", client_assertion: await assertion(alg) }),
  revocation_endpoint_auth_signing_alg_values_supported: async (alg) =>
    of(alg).post("/revoke", { token: "x", client_assertion: await assertion(alg) }),
  dpop_signing_alg_values_supported: async (alg) =>
    net.provincial.post(
      "/token",
      { grant_type: "client_credentials" },
      {
        dpop: await of(alg).proof("POST", `${issuer}/token`, { keys: of(alg).keys, header: { alg } }),
      },
    ),
  request_object_signing_alg_values_supported: async (alg) =>
    of(alg).post("/par", { request: await signedBy(alg, good), client_assertion: await assertion(alg) }),
  backchannel_authentication_request_signing_alg_values_supported: async (alg) =>
    of(alg).post("/bc-authorize", {
      request: await signedBy(alg, { scope: good.scope, login_hint: `nobody.${alg}`, binding_message: "A" }),
      client_assertion: await assertion(alg),
    }),
};
test.each(Object.keys(uses))("RFC 8414 §2 %s: each works", async (member) => {
  expect(metadata[member]).toEqual(algorithms);
  for (const alg of metadata[member] as string[]) expect([alg, (await uses[member]?.(alg))?.ok]).toEqual([alg, true]);
});

test.each([
  "token_endpoint_auth_methods_supported",
  "introspection_endpoint_auth_methods_supported",
  "revocation_endpoint_auth_methods_supported",
])("RFC 8414 §2 %s: private_key_jwt, and no secret in the form", async (member) => {
  expect(metadata[member]).toContain("private_key_jwt");
  for (const missing of ["none", "client_secret_post", "client_secret_jwt"])
    expect(metadata[member]).not.toContain(missing);
  const path = { t: "/token", i: "/introspect", r: "/revoke" }[member.charAt(0)] ?? "";
  const secret = { client_assertion: undefined, client_assertion_type: undefined, client_secret: "s" };
  const form = { ...secret, client_id: net.app.clientId, token: "x" };
  expect(await refusal(net.app.post(path, form))).toBe("401 invalid_client");
  expect((await net.app.post(path, { token: "x" })).status).not.toBe(401);
});

test("RFC 8414 §2 grant_types_supported: each is known at the token endpoint, no other is", async () => {
  const grants = metadata["grant_types_supported"] as string[];
  for (const grant_type of grants)
    expect(await refusal(net.app.post("/token", { grant_type, scope: "none" }))).not.toContain(
      "unsupported_grant_type",
    );
  expect(await refusal(net.app.post("/token", { grant_type: "password" }))).toBe("400 unsupported_grant_type");
});

test("RFC 8414 §2 scopes_supported: each is given to who registered it", async () => {
  const managing = { scope: "grant_management_query grant_management_revoke", grant_types: ["client_credentials"] };
  const manager = await net.client("Manager", managing);
  const given = new Set(["openid"]); // with the ID token below
  for (const party of [manager, net.provincial])
    for (const scope of metadata["scopes_supported"] as string[])
      if ((await party.post("/token", { grant_type: "client_credentials", scope })).ok) given.add(scope);
  expect([...given].sort()).toEqual([...(metadata["scopes_supported"] as string[])].sort());
});

test("RFC 8414 §2 jwks_uri verifies what is signed; RFC 8414 §2 id_token_signing_alg_values_supported is what signs it", async () => {
  const { asked, poll } = backchannel(() => net);
  const auth_req_id = await asked(await net.june.code("app"));
  await net.june.approve(await net.june.waiting());
  const { id_token } = await answered(poll(auth_req_id));
  const keys = await answered(exchange.fetch(String(metadata["jwks_uri"])));
  const { protectedHeader } = await jwtVerify(String(id_token), createLocalJWKSet(keys as never), {
    algorithms: metadata["id_token_signing_alg_values_supported"] as string[],
    issuer,
    audience: net.app.clientId,
  });
  expect(metadata["id_token_signing_alg_values_supported"]).toEqual([protectedHeader.alg]);
});
