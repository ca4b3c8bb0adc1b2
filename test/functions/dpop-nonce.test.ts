import { exportJWK } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { operator } from "../../sdk/operator/operator.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { jwks } from "../support/network.ts";
import { answered, keyPair, Party, refusal } from "../support/parties.ts";

/** A stricter deployment: nonces in proofs, no bearer tokens, no client certificates. */
const strict = { REQUIRE_DPOP_NONCE: "true", ALLOW_BEARER_PAT: "false", MTLS_ORIGIN: "" };
let exchange: TestExchange;
let by: ReturnType<typeof operator>;
let source: Party;
beforeAll(async () => {
  exchange = await testExchange(await dynalite(), strict);
  const key = { ...(await exportJWK(exchange.operatorKey)), alg: "ES256" };
  by = operator({ issuer, key, fetch: exchange.fetch as never });
  const keys = await keyPair();
  const metadata = { client_name: "Source", scope: "uma_protection", resource: "https://source.test" } as const;
  const { entry } = await by.add("resource-servers", { ...metadata, jwks: (await jwks(keys, "sig")) as never });
  source = new Party(exchange, entry.client_id, keys, await keyPair());
});
afterAll(() => exchange.close());

const ask = { grant_type: "client_credentials" };
const url = `${issuer}/token`;
const withNonce = async (nonce: string | undefined) =>
  source.post("/token", ask, { dpop: await source.proof("POST", url, { claims: { nonce } }) });
const nonceOf = (response: Response) => response.headers.get("dpop-nonce") ?? "";

describe("RFC 9449 §8 nonces, where the deployment wants them", () => {
  test("without one: use_dpop_nonce and a nonce, which then is good; each answer has another", async () => {
    const [one, other] = [await withNonce(undefined), await withNonce(undefined)];
    expect(nonceOf(one)).not.toBe(nonceOf(other));
    expect(nonceOf(one)).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]+$/);
    expect(await refusal(one)).toBe("400 use_dpop_nonce");
    expect((await withNonce(nonceOf(other))).status).toBe(200);
  });

  test("an old one, one of another exchange, and any other handle are none", async () => {
    const nonce = nonceOf(await withNonce(undefined));
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 299_000 });
    expect((await withNonce(nonce)).status).toBe(200);
    vi.setSystemTime(Date.now() + 2_000);
    for (const none of [nonce, `${nonce}A`, "guess", nonce.replace("nonce", "code")])
      expect(await refusal(withNonce(none))).toBe("400 use_dpop_nonce");
    vi.useRealTimers();
  });

  test("RFC 9449 §9 at an endpoint a token opens: 401 with the challenge, and the proof is not used up by it", async () => {
    const nonce = nonceOf(await withNonce(undefined));
    const { access_token: token } = (await answered(withNonce(nonce))) as { access_token: string };
    const list = `${issuer}/rreg`;
    const call = async (claims: Record<string, unknown>) => {
      const dpop = await source.proof("GET", list, { token, claims });
      return exchange.fetch(`${list}?resource_owner=x`, { headers: { authorization: `DPoP ${token}`, dpop } });
    };
    const jti = crypto.randomUUID();
    const refused = await call({ jti });
    expect(refused.headers.get("www-authenticate")).toContain('DPoP error="use_dpop_nonce"');
    const fresh = nonceOf(refused);
    expect(await refusal(refused)).toBe("401 use_dpop_nonce");
    expect((await call({ jti, nonce: fresh })).status).toBe(200);
  });

  test("openid-client as it is: it asks again by itself, at the token endpoint, at PAR and with a token", async () => {
    const type = "https://fpx.example/definitions/note";
    await by.add("purposes", { purpose: "notes", texts: { en: { text: "To read your notes" } } });
    await by.add("definitions", {
      type,
      actions: { read: { en: { text: "Read it" } } },
      default_duration: "P1D",
      maximum_duration: "P1D",
      sensitivity: "ordinary",
      texts: { en: { title: "A note", description: "One note." } },
    });
    const keys = await keyPair();
    const { entry } = await by.add("clients", {
      client_name: "App",
      jwks: (await jwks(keys, "sig")) as never,
      capabilities: [{ type, actions: ["read"], purpose: "notes" }],
      grant_types: ["authorization_code", "client_credentials"],
      redirect_uris: ["https://app.test/back"],
      scope: "grant_management_query",
    });
    const key = client.PrivateKeyJwt(keys.privateKey);
    const options = { [client.customFetch]: exchange.fetch } as never;
    const config = await client.discovery(new URL(issuer), entry.client_id, {}, key, options);
    const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
    const { access_token } = await client.clientCredentialsGrant(config, {}, { DPoP });
    const grant = new URL(`${issuer}/grants/none`);
    const other = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
    const answer = await client.fetchProtectedResource(config, access_token, grant, "GET", null, undefined, { DPoP });
    expect(answer.status).toBe(404);
    const question = {
      redirect_uri: "https://app.test/back",
      scope: "openid note.read",
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
      code_challenge_method: "S256",
    };
    const pushed = await client.buildAuthorizationUrlWithPAR(config, question, { DPoP: other });
    expect(pushed.searchParams.get("request_uri")).toMatch(/^urn:/);
  });
});

describe("what a deployment does not offer", () => {
  const register = (more: object) =>
    by.add("resource-servers", {
      client_name: "Source",
      scope: "uma_protection",
      resource: `https://${crypto.randomUUID()}.test`,
      ...more,
    } as never);

  test("UMA FedAuthz §1.3 no bearer tokens", async () => {
    const keys = (await jwks(await keyPair(), "sig")) as never;
    await expect(register({ jwks: keys, dpop_bound_access_tokens: false })).rejects.toThrow("bearer");
    await register({ jwks: keys, dpop_bound_access_tokens: true });
  });

  test("RFC 8705 §5 no client certificates: none registered, none advertised", async () => {
    const keys = (await jwks(await keyPair(), "sig")) as never;
    const byTls = { token_endpoint_auth_method: "tls_client_auth", tls_client_auth_subject_dn: "CN=a" };
    for (const more of [byTls, { jwks: keys, tls_client_certificate_bound_access_tokens: true }])
      await expect(register(more)).rejects.toThrow("client certificates are not asked for here");
    const metadata = await answered(exchange.fetch(`${issuer}/.well-known/oauth-authorization-server`));
    expect(metadata["token_endpoint_auth_methods_supported"]).toEqual(["private_key_jwt"]);
    expect(Object.keys(metadata).filter((member) => /tls/.test(member))).toEqual([]);
  });
});
