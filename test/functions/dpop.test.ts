import { exportJWK } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { keyPair, type Party, refusal } from "../support/parties.ts";

let exchange: TestExchange;
let source: Party;
let root: Party;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  ({ provincial: source, root } = await network(exchange));
});
afterAll(() => exchange.close());

const url = `${issuer}/token`;
const ask = { grant_type: "client_credentials", scope: "uma_protection" };
type ProofOptions = Parameters<Party["proof"]>[2];
const time = () => Math.floor(Date.now() / 1000);

/** What /token says to this proof. */
async function tokenWith(options: ProofOptions, method = "POST", target = url) {
  const response = await source.post("/token", ask, { dpop: await source.proof(method, target, options) });
  return response.ok ? "200" : refusal(response);
}

describe("RFC 9449 §4.3 at the token endpoint", () => {
  test("N-36 no proof, two proofs, no JWT", async () => {
    for (const dpop of ["", "a.b", `${await source.proof("POST", url)}, ${await source.proof("POST", url)}`])
      expect(await refusal(source.post("/token", ask, { dpop }))).toBe("400 invalid_dpop_proof");
  });
  test.each(["jti", "htm", "htu", "iat"])("N-37 without %s", async (claim) => {
    expect(await tokenWith({ claims: { [claim]: undefined } })).toBe("400 invalid_dpop_proof");
  });
  test("N-37 typ and jwk as they must be", async () => {
    expect(await tokenWith({ header: { typ: "JWT" } })).toBe("400 invalid_dpop_proof");
    expect(await tokenWith({ header: { typ: undefined } })).toBe("400 invalid_dpop_proof");
    expect(await tokenWith({ header: { jwk: undefined } })).toBe("400 invalid_dpop_proof");
  });
  test("N-38 no other algorithm, no private key in the header", async () => {
    const rsa = await keyPair("RS256");
    expect(await tokenWith({ keys: rsa, header: { alg: "RS256" } })).toBe("400 invalid_dpop_proof");
    expect(await tokenWith({ header: { jwk: await exportJWK(source.dpopKeys.privateKey) } })).toBe(
      "400 invalid_dpop_proof",
    );
    const ps256 = await keyPair("PS256");
    expect(await tokenWith({ keys: ps256, header: { alg: "PS256" } })).toBe("200");
  });
  test("N-39 htm and htu are this request's", async () => {
    expect(await tokenWith({}, "PUT")).toBe("400 invalid_dpop_proof");
    for (const other of ["https://other.test/token", `${issuer}/introspect`, `${issuer}/token/`])
      expect(await tokenWith({}, "POST", other)).toBe("400 invalid_dpop_proof");
    for (const same of [`${url}?a=b#c`, "https://AS.test/token", "https://as.test:443/token"])
      expect(await tokenWith({}, "POST", same)).toBe("200");
  });
  test("N-40 (+) beside a single-use assertion the proof needs no record", async () => {
    const dpop = await source.proof("POST", url);
    expect((await source.post("/token", ask, { dpop })).status).toBe(200);
    expect((await source.post("/token", ask, { dpop })).status).toBe(200);
  });
  test("N-41 iat an hour off is refused, 10 s off accepted", async () => {
    for (const off of [-3_600, 3_600, 63, -63])
      expect(await tokenWith({ claims: { iat: time() + off } })).toBe("400 invalid_dpop_proof");
    for (const off of [-10, 10]) expect(await tokenWith({ claims: { iat: time() + off } })).toBe("200");
  });
});

describe("RFC 9449 §7.1 at our own protected endpoints", () => {
  const list = `${issuer}/operator/definitions`;
  const get = async (headers: Record<string, string>) => {
    const response = await exchange.fetch(list, { headers });
    return response.ok ? "200" : refusal(response);
  };

  test("N-40 a proof is used once, also in the skew tail", async () => {
    const token = await root.token("operate");
    const dpop = await root.proof("GET", list, { token, claims: { iat: time() + 55 } });
    const authorization = `DPoP ${token}`;
    expect(await get({ authorization, dpop })).toBe("200");
    expect(await get({ authorization, dpop })).toBe("401 invalid_dpop_proof");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 100_000 });
    expect(await get({ authorization, dpop })).toBe("401 invalid_dpop_proof");
    vi.useRealTimers();
  });
  test("N-42 ath of another token, or none; a proof by another key", async () => {
    const token = await root.token("operate");
    const authorization = `DPoP ${token}`;
    expect(await get({ authorization, dpop: await root.proof("GET", list) })).toBe("401 invalid_dpop_proof");
    expect(await get({ authorization, dpop: await root.proof("GET", list, { token: `${token}x` }) })).toBe(
      "401 invalid_dpop_proof",
    );
    expect(await get({ authorization, dpop: await root.proof("GET", list, { token, keys: await keyPair() }) })).toBe(
      "401 invalid_token",
    );
  });
  test("N-43, N-45 a bound token as Bearer, in the query, expired, or somebody else's", async () => {
    const token = await root.token("operate");
    const dpop = await root.proof("GET", list, { token });
    expect(await get({ authorization: `Bearer ${token}`, dpop })).toBe("401 invalid_token");
    const inQuery = await exchange.fetch(`${list}?access_token=${token}`, { headers: { dpop } });
    expect(await refusal(inQuery)).toBe("401 invalid_token");
    // RFC 6750 §3.1: what is in the query is no token, and without one the challenge names no error.
    expect(inQuery.headers.get("www-authenticate")).toBe('DPoP algs="ES256 PS256 EdDSA Ed25519", Bearer');
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 301_000 });
    expect(await get({ authorization: `DPoP ${token}`, dpop: await root.proof("GET", list, { token }) })).toBe(
      "401 invalid_token",
    );
    vi.useRealTimers();
  });
  test("N-44 nobody burns another's jti", async () => {
    const token = await root.token("operate");
    const jti = crypto.randomUUID();
    const attacker = await source.token("uma_protection");
    const burnt = await source.proof("GET", list, { token: attacker, claims: { jti } });
    expect(await get({ authorization: `DPoP ${attacker}`, dpop: burnt })).toBe("403 insufficient_scope");
    expect(
      await get({ authorization: `DPoP ${token}`, dpop: await root.proof("GET", list, { token, claims: { jti } }) }),
    ).toBe("200");
  });
});
