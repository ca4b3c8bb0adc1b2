import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Route, routes } from "../../functions/routes.ts";
import { authority, type Certified, selfSigned } from "../support/certificates.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, mtlsOrigin, type TestExchange, testExchange } from "../support/exchange.ts";
import { registry } from "../support/network.ts";
import { answered, keyPair, type Party, refusal } from "../support/parties.ts";
import { type Sender, sender } from "../support/sender.ts";

type Rights = "uma_protection" | "operate" | "grant_management_query" | "grant_management_revoke";
/** Every endpoint that an access token of ours opens. */
const opened = (routes as readonly Route[]).flatMap(({ methods, path, rights }) =>
  ["uma_protection", "operate", "grant_management_query", "grant_management_revoke"].includes(rights)
    ? methods.map(
        (method) => [`${method} ${path}`, method, path.replace(/\{\w+\}/g, "none"), rights as Rights] as const,
      )
    : [],
);

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof registry>>;
let ca: Certified;
/** By whose own token each kind of endpoint is opened: bound to a key, and where parties can choose, to a certificate. */
const holders = new Map<Rights, { readonly party: Party; readonly token: string; readonly byCertificate?: Sender }>();
const certified = new Map<Rights, string>();
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await registry(exchange);
  ca = await authority("CN=CA");
  await net.add("trust-anchors", { name: "ca", certificate: ca.pem });
  const scopes = ["grant_management_query", "grant_management_revoke"] as const;
  const client = { grant_types: ["client_credentials"], scope: scopes.join(" "), capabilities: [] };
  const bound = { tls_client_certificate_bound_access_tokens: true };
  const app = await net.client("App", client);
  const tlsApp = await sender(exchange, net, ca, "tls_client_auth", { ...client, ...bound });
  const source = await net.resourceServer("Source", "https://source.test");
  const source2 = { scope: "uma_protection", resource: "https://source2.test", ...bound };
  const tlsSource = await sender(exchange, net, ca, "tls_client_auth", source2, "resource-servers");
  const held = async (rights: Rights, party: Party, byCertificate?: Sender) => {
    holders.set(rights, { party, token: await party.token(rights), ...(byCertificate && { byCertificate }) });
    if (byCertificate === undefined) return;
    const form = { grant_type: "client_credentials", scope: rights };
    certified.set(rights, String((await answered(byCertificate.send("/token", form, "certificate")))["access_token"]));
  };
  for (const scope of scopes) await held(scope, app, tlsApp);
  await held("uma_protection", source, tlsSource);
  await held("operate", net.root);
});
afterAll(() => exchange.close());

test("the endpoints a token opens are known", () => {
  expect(opened.length).toBeGreaterThanOrEqual(12);
  expect(new Set(opened.map(([, , , rights]) => rights)).size).toBe(4);
});

describe.each(opened)("RFC 9449 §7.1, RFC 8705 §3 %s", (_, method, path, rights) => {
  const url = issuer + path;
  const at = async (target: string, headers: Record<string, string>) => {
    const body = method === "POST" || method === "PUT" ? { body: "{}" } : {};
    const response = await exchange.fetch(target, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...body,
    });
    // Behind the gate every endpoint finds something else to say, or nothing.
    const told = response.status === 204 ? "" : await response.text();
    const { error } = (told.startsWith("{") ? JSON.parse(told) : {}) as { error?: string };
    const refused = ["invalid_token", "invalid_dpop_proof", "insufficient_scope", "use_dpop_nonce"].includes(
      error ?? "",
    );
    // RFC 6750 §3.1: who brings no token of a scheme we know is told no error.
    const brought = /^(DPoP|Bearer) \S+$/.test(headers["authorization"] ?? "");
    const challenge = brought ? `DPoP error="${error}"` : 'DPoP algs="';
    if (refused) expect(response.headers.get("www-authenticate")).toContain(challenge);
    return refused ? `${response.status} ${error}` : "past";
  };
  const mine = () => holders.get(rights) ?? expect.fail();
  const authorization = (scheme = "DPoP") => `${scheme} ${mine().token}`;
  const proof = (options: Parameters<Party["proof"]>[2] = {}, htm: string = method, htu = url) =>
    mine().party.proof(htm, htu, { token: mine().token, ...options });
  const NO_TOKEN = "401 invalid_token";
  const NO_PROOF = "401 invalid_dpop_proof";

  test("(+) opens for the holder of the key; N-40 once for each proof", async () => {
    const dpop = await proof();
    expect(await at(url, { authorization: authorization(), dpop })).toBe("past");
    expect(await at(url, { authorization: authorization(), dpop })).toBe(NO_PROOF);
  });

  test("N-36, N-37, N-38, N-39, N-41, N-42 no proof but the right one", async () => {
    const rsa = await keyPair("RS256");
    const time = Math.floor(Date.now() / 1000);
    const proofs: Record<string, string | undefined> = {
      none: undefined,
      two: `${await proof()}, ${await proof()}`,
      "no JWT": "a.b",
      "another typ": await proof({ header: { typ: "JWT" } }),
      "no jti": await proof({ claims: { jti: undefined } }),
      "no ath": await proof({ claims: { ath: undefined } }),
      RS256: await proof({ keys: rsa, header: { alg: "RS256" } }),
      "a private key": await proof({ header: { jwk: await exportJWK(mine().party.dpopKeys.privateKey) } }),
      "another method": await proof({}, method === "GET" ? "POST" : "GET"),
      "another path": await proof({}, method, `${url}x`),
      "the other host": await proof({}, method, mtlsOrigin + path),
      "an hour ago": await proof({ claims: { iat: time - 3_600 } }),
      "an hour ahead": await proof({ claims: { iat: time + 3_600 } }),
      "of another token": await proof({ token: "other" }),
    };
    for (const [what, dpop] of Object.entries(proofs)) {
      const headers = { authorization: authorization(), ...(dpop !== undefined && { dpop }) };
      expect({ what, told: await at(url, headers) }).toEqual({ what, told: NO_PROOF });
    }
    const other = await proof({ keys: await keyPair() });
    expect(await at(url, { authorization: authorization(), dpop: other })).toBe(NO_TOKEN);
  });

  test("N-43, N-45 a token in the header alone, by its own scheme, ours, for us, and in its time", async () => {
    expect(await at(url, {})).toBe(NO_TOKEN);
    expect(await at(url, { dpop: await proof() })).toBe(NO_TOKEN);
    expect(await at(`${url}?access_token=${mine().token}`, { dpop: await proof() })).toBe(NO_TOKEN);
    for (const scheme of ["Bearer", "Basic", "DPoP DPoP"])
      expect(await at(url, { authorization: authorization(scheme), dpop: await proof() })).toBe(NO_TOKEN);
    const { privateKey } = await generateKeyPair("ES256");
    const forged = await new SignJWT({ iss: issuer, aud: issuer })
      .setProtectedHeader({ alg: "ES256" })
      .sign(privateKey);
    expect(await at(url, { authorization: `DPoP ${forged}`, dpop: await proof({ token: forged }) })).toBe(NO_TOKEN);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 301_000 });
    expect(await at(url, { authorization: authorization(), dpop: await proof() })).toBe(NO_TOKEN);
    vi.useRealTimers();
  });

  test("N-44 nobody burns another's jti; N-45 a revoked token is none", async () => {
    const { party } = mine();
    const token = await party.token(rights);
    const claims = { jti: crypto.randomUUID() };
    const stranger = await keyPair();
    const theirs = { authorization: `DPoP ${token}`, dpop: await proof({ token, claims, keys: stranger }) };
    expect(await at(url, theirs)).toBe(NO_TOKEN);
    expect(await at(url, { authorization: `DPoP ${token}`, dpop: await proof({ token, claims }) })).toBe("past");
    await answered(party.post("/revoke", { token }));
    expect(await at(url, { authorization: `DPoP ${token}`, dpop: await proof({ token }) })).toBe(NO_TOKEN);
  });

  // The operator has a key and no choice.
  if (rights === "operate") return;
  test("RFC 8705 §3 (+) a certificate-bound token opens it with its certificate, and with nothing else", async () => {
    const token = certified.get(rights) ?? "";
    const bearer = { authorization: `Bearer ${token}` };
    const shown = (one: Certified) => ({ "client-cert": `:${one.der}:` });
    const { certificate } = mine().byCertificate ?? expect.fail();
    expect(await at(mtlsOrigin + path, { ...bearer, ...shown(certificate) })).toBe("past");
    expect(await at(mtlsOrigin + path, bearer)).toBe(NO_TOKEN);
    expect(await at(mtlsOrigin + path, { ...bearer, ...shown(await selfSigned("CN=other")) })).toBe(NO_TOKEN);
    expect(await at(url, { ...bearer, ...shown(certificate) })).toBe(NO_TOKEN);
    const dpop = await mine().party.proof(method, url, { token });
    expect(await at(url, { authorization: `DPoP ${token}`, dpop, ...shown(certificate) })).toBe(NO_TOKEN);
  });
});

describe("UMA FedAuthz §1.3 a bearer PAT", () => {
  const bearing = async (resource: string) => {
    const source = await net.resourceServer("Bearing", resource, undefined, { dpop_bound_access_tokens: false });
    const form = { grant_type: "client_credentials" };
    const assertion = {
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: await source.assertion(),
    };
    return exchange.fetch(`${issuer}/token`, { method: "POST", body: new URLSearchParams({ ...form, ...assertion }) });
  };
  const list = (token: unknown, scheme = "Bearer") =>
    exchange.fetch(`${issuer}/rreg?resource_owner=x`, { headers: { authorization: `${scheme} ${token}` } });

  test("lives 300 seconds, opens /rreg as Bearer and nothing else", async () => {
    const { access_token, token_type, expires_in } = await answered(bearing("https://b1.test"));
    expect({ token_type, expires_in }).toEqual({ token_type: "Bearer", expires_in: 300 });
    expect((await list(access_token)).status).toBe(200);
    expect(await refusal(list(access_token, "DPoP"))).toBe("401 invalid_token");
    for (const path of ["/operator/clients", "/grants/none"]) {
      const headers = { authorization: `Bearer ${access_token}` };
      expect(await refusal(exchange.fetch(issuer + path, { headers }))).toBe("401 invalid_token");
    }
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 301_000 });
    expect(await refusal(list(access_token))).toBe("401 invalid_token");
    vi.useRealTimers();
  });

  test("no Client has one", async () => {
    await expect(net.client("App", { dpop_bound_access_tokens: false })).rejects.toThrow("invalid_client_metadata");
  });
});
