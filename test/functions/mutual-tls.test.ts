import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { authority, type Certified, issued, jwkOf, selfSigned } from "../support/certificates.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { getByTls, postByTls, type Shown } from "../support/mutual-tls.ts";
import { jwks, registry } from "../support/network.ts";
import { answered, keyPair, Party, refusal } from "../support/parties.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof registry>>;
let ca: Certified;
const name = "CN=app.example,O=Example\\, Inc.,C=CA";
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await registry(exchange);
  ca = await authority("CN=Example CA");
  await net.add("trust-anchors", { name: "example", certificate: ca.pem });
});
afterAll(() => exchange.close());

const byTls = { token_endpoint_auth_method: "tls_client_auth", jwks: undefined };
const bound = {
  grant_types: ["client_credentials"],
  scope: "grant_management_query",
  tls_client_certificate_bound_access_tokens: true,
};
const known = (more: object) => net.client("Reader", { ...byTls, ...more });

/** What /revoke says, which does nothing for a token that is none. */
async function revoke({ clientId: client_id }: Party, shown: Shown, more: Record<string, string> = {}) {
  const response = await postByTls(exchange, "/revoke", { client_id, token: "none", ...more }, shown);
  return response.ok ? "past" : refusal(response);
}
const REFUSED = "401 invalid_client";

describe("RFC 8705 §2.1 tls_client_auth", () => {
  test.each([
    ["subject_dn", name, "CN=other.example"],
    ["san_dns", "App.example", "other.example"],
    ["san_uri", "https://app.example/one", "https://app.example/"],
    ["san_ip", "2001:db8:0::7", "192.0.2.8"],
    ["san_email", "app@app.example", "App@app.example"],
  ])("RFC 8705 §2.1.2 by tls_client_auth_%s and no other name", async (member, right, wrong) => {
    const certificate = await issued(ca, 'C=CA, O="Example, Inc.", CN=app.example', {
      names: [
        { type: "dns", value: "app.example" },
        { type: "url", value: "https://app.example/one" },
        { type: "ip", value: "2001:db8::7" },
        { type: "email", value: "app@app.example" },
      ],
    });
    expect(await revoke(await known({ [`tls_client_auth_${member}`]: right }), { certificate })).toBe("past");
    expect(await revoke(await known({ [`tls_client_auth_${member}`]: wrong }), { certificate })).toBe(REFUSED);
  });

  test("RFC 8705 §2.1 only from a CA the operator trusts, valid now, and for TLS clients", async () => {
    const app = await known({ tls_client_auth_subject_dn: "CN=a" });
    const notAfter = new Date(Date.now() - 1_000);
    for (const certificate of [
      await issued(await authority("CN=Example CA"), "CN=a"),
      await issued(ca, "CN=a", { notAfter, notBefore: new Date(Date.now() - 60_000) }),
      await issued(ca, "CN=a", { notBefore: new Date(Date.now() + 60_000) }),
      await issued(ca, "CN=a", { purpose: "1.3.6.1.5.5.7.3.1" }),
      await issued(await issued(ca, "CN=no CA"), "CN=a"),
      await selfSigned("CN=a"),
      undefined,
    ])
      expect(await revoke(app, { certificate })).toBe(REFUSED);
    expect(await revoke(app, { certificate: await issued(ca, "CN=a") })).toBe("past");
  });

  test("a trust anchor is a CA's certificate; suspended, whom it issued to is refused", async () => {
    const other = await authority("CN=Other CA");
    const certificate = await issued(other, "CN=a");
    const app = await known({ tls_client_auth_subject_dn: "CN=a" });
    for (const pem of [certificate.pem, "-----BEGIN CERTIFICATE-----\nnone"])
      await expect(net.add("trust-anchors", { name: "none", certificate: pem })).rejects.toThrow("not a CA's");
    await net.add("trust-anchors", { name: "other", certificate: other.pem });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_000 });
    expect(await revoke(app, { certificate })).toBe("past");
    await answered(net.root.call("POST", "/operator/trust-anchors/other/suspend", net.token));
    vi.setSystemTime(Date.now() + 3_000);
    expect(await revoke(app, { certificate })).toBe(REFUSED);
    vi.useRealTimers();
  });

  test("RFC 9440 §4 a certificate is believed from the mTLS host alone, and in its one form", async () => {
    const app = await known({ tls_client_auth_subject_dn: "CN=a" });
    const certificate = await issued(ca, "CN=a");
    expect(await revoke(app, { certificate, origin: issuer })).toBe(REFUSED);
    expect(await revoke(app, { certificate, origin: issuer, headers: { "x-fpx-host": "mtls" } })).toBe(REFUSED);
    for (const header of [certificate.der, `:${certificate.der}`, `:${certificate.der}:,:${certificate.der}:`, "::"])
      expect(await revoke(app, { headers: { "client-cert": header } })).toBe(REFUSED);
    const pem = { "cloudfront-viewer-cert-pem": encodeURIComponent(certificate.pem) };
    expect(await revoke(app, { headers: pem })).toBe(REFUSED);
  });

  test("N-11 one method and no other: with an assertion, or for a Client with a key, a certificate authenticates nobody", async () => {
    const certificate = await issued(ca, "CN=a");
    const app = await known({ tls_client_auth_subject_dn: "CN=a" });
    const withKey = await net.client("With a key");
    expect(await revoke(withKey, { certificate })).toBe(REFUSED);
    const keys = await keyPair();
    const asserting = new Party(exchange, app.clientId, keys, keys);
    expect(await refusal(asserting.post("/revoke", { token: "none" }))).toBe(REFUSED);
    expect(await revoke(app, { certificate, headers: { authorization: `Basic ${btoa(`${app.clientId}:x`)}` } })).toBe(
      REFUSED,
    );
    expect(await revoke(app, { certificate }, { client_secret: "x" })).toBe(REFUSED);
    expect(await revoke(app, { certificate }, { client_assertion: "" })).toBe("past");
  });
});

describe("RFC 8705 §2.2 self_signed_tls_client_auth", () => {
  test("RFC 8705 §2.2.2 exactly the certificates in x5c of the registered keys", async () => {
    const [certificate, next, double] = [await selfSigned("CN=a"), await selfSigned("CN=a"), await selfSigned("CN=a")];
    const keys = [await jwkOf(certificate), await jwkOf(next, "tls-2"), ...(await jwks(await keyPair(), "sig")).keys];
    const method = { token_endpoint_auth_method: "self_signed_tls_client_auth" };
    const app = await net.client("Self", { ...method, jwks: { keys } });
    for (const mine of [certificate, next]) expect(await revoke(app, { certificate: mine })).toBe("past");
    for (const other of [double, await issued(ca, "CN=a"), undefined])
      expect(await revoke(app, { certificate: other })).toBe(REFUSED);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_700_000 });
    expect(await revoke(app, { certificate })).toBe(REFUSED);
    vi.useRealTimers();
  });

  test("RFC 7517 §4.7 a key set without a certificate, or with one of another key, is not registered", async () => {
    const method = { token_endpoint_auth_method: "self_signed_tls_client_auth", capabilities: [], client_name: "Self" };
    const [one, other] = [await selfSigned("CN=a"), await selfSigned("CN=a")];
    for (const keys of [
      (await jwks(await keyPair(), "sig")).keys,
      [{ ...(await jwkOf(one)), x5c: [other.der] }],
      [{ ...(await jwkOf(one)), x5c: ["none"] }],
    ])
      await expect(net.add("clients", { ...method, jwks: { keys } })).rejects.toThrow("invalid_client_metadata");
  });
});

describe("RFC 8705 §3 certificate-bound access tokens", () => {
  const token = async (app: Party, certificate: Certified | undefined) => {
    const form = { client_id: app.clientId, grant_type: "client_credentials" };
    return postByTls(exchange, "/token", form, { certificate });
  };
  const grants = "/grants/grant_r1none";
  const NOBODY = "401 invalid_token";

  test("RFC 8705 §3.1 cnf is the thumbprint, the type is Bearer, and whoever has another certificate has nothing", async () => {
    const certificate = await issued(ca, "CN=a");
    const app = await known({ tls_client_auth_subject_dn: "CN=a", ...bound });
    const { access_token, token_type } = await answered(token(app, certificate));
    expect(token_type).toBe("Bearer");
    const digest = Buffer.from(await certificate.certificate.getThumbprint("SHA-256")).toString("base64url");
    expect(decodeJwt(String(access_token))).toMatchObject({ cnf: { "x5t#S256": digest } });

    const headers = { authorization: `Bearer ${access_token}` };
    expect(await refusal(getByTls(exchange, grants, { certificate, headers }))).toBe("404 not_found");
    for (const shown of [
      { headers },
      { headers, certificate: await issued(ca, "CN=a") },
      { headers, certificate, origin: issuer },
      { headers: { authorization: `DPoP ${access_token}` }, certificate },
      { headers: { authorization: `DPoP ${access_token}`, dpop: await app.proof("GET", issuer + grants) } },
    ])
      expect(await refusal(getByTls(exchange, grants, shown))).toBe(NOBODY);
  });

  test("RFC 8705 §3.4 a Client registered for bound tokens gets none without a certificate, whatever its method", async () => {
    const app = await net.client("With a key", bound);
    const form = {
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    };
    const ask = async (shown: Shown) =>
      postByTls(exchange, "/token", { ...form, client_assertion: await app.assertion() }, shown);
    expect(await refusal(ask({}))).toBe("400 invalid_request");
    const certificate = await selfSigned("CN=anybody");
    const { access_token } = await answered(ask({ certificate }));
    const headers = { authorization: `Bearer ${access_token}` };
    expect(await refusal(getByTls(exchange, grants, { certificate, headers }))).toBe("404 not_found");
  });

  test("RFC 9449 §4.3 a proof at the mTLS host names the mTLS host", async () => {
    const certificate = await issued(ca, "CN=a");
    const app = await known({
      tls_client_auth_subject_dn: "CN=a",
      ...bound,
      tls_client_certificate_bound_access_tokens: false,
    });
    const ask = async (origin: string) => {
      const dpop = await app.proof("POST", `${origin}/token`);
      const form = { client_id: app.clientId, grant_type: "client_credentials" };
      return postByTls(exchange, "/token", form, { certificate, headers: { dpop } });
    };
    expect(await refusal(ask(issuer))).toBe("400 invalid_dpop_proof");
    expect((await answered(ask("https://mtls.as.test")))["token_type"]).toBe("DPoP");
    expect(await refusal(token(app, certificate))).toBe("400 invalid_dpop_proof");
  });

  test("N-40 without a single-use assertion beside it a proof is used once", async () => {
    const certificate = await issued(ca, "CN=a");
    const app = await known({
      tls_client_auth_subject_dn: "CN=a",
      ...bound,
      tls_client_certificate_bound_access_tokens: false,
    });
    const dpop = await app.proof("POST", "https://mtls.as.test/token");
    const form = { client_id: app.clientId, grant_type: "client_credentials" };
    const again = () => postByTls(exchange, "/token", form, { certificate, headers: { dpop } });
    await answered(again());
    expect(await refusal(again())).toBe("400 invalid_dpop_proof");
  });
});

test("RFC 8705 §3.3 and §5 metadata says where certificates are asked for", async () => {
  const metadata = await answered(exchange.fetch(`${issuer}/.well-known/oauth-authorization-server`));
  expect(metadata).toMatchObject({
    tls_client_certificate_bound_access_tokens: true,
    token_endpoint_auth_methods_supported: ["private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"],
    mtls_endpoint_aliases: { token_endpoint: "https://mtls.as.test/token" },
  });
  for (const [endpoint, alias] of Object.entries(metadata["mtls_endpoint_aliases"] as Record<string, string>))
    expect(alias.replace("https://mtls.as.test", issuer)).toBe(metadata[endpoint]);
});

test("RFC 8705 §2.1.2 registration: exactly one name with tls_client_auth, none without; one binding", async () => {
  const good = { client_name: "Reader", capabilities: [] };
  const keys = await jwks(await keyPair(), "sig");
  for (const wrong of [
    { ...byTls },
    { ...byTls, tls_client_auth_subject_dn: "CN=a", tls_client_auth_san_dns: "a.example" },
    { ...byTls, tls_client_auth_subject_dn: "not a name" },
    { ...byTls, tls_client_auth_san_ip: "a.example" },
    { jwks: keys, tls_client_auth_subject_dn: "CN=a" },
    { jwks: keys, tls_client_certificate_bound_access_tokens: true, dpop_bound_access_tokens: true },
    { jwks: keys, dpop_bound_access_tokens: false },
  ])
    await expect(net.add("clients", { ...good, ...wrong })).rejects.toThrow("invalid_client_metadata");
});
