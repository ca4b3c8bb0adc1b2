import { exportJWK } from "jose";
import { afterEach, describe, expect, test } from "vitest";
import { issuer } from "../support/exchange.ts";
import { answered, keyPair, refusal } from "../support/parties.ts";
import { fapi2 } from "./modules.ts";
import { twoClients } from "./two-clients.ts";

const { first, push, back, redeem, resource } = twoClients();
const [rsa, other] = await Promise.all([keyPair("RS256"), keyPair()]);
const time = () => Math.floor(Date.now() / 1000);
const proofAt = (path: string, claims: Record<string, unknown>) =>
  first().proof("POST", `${issuer}${path}`, { claims });

/** A token for the clinic, with what the proof at the token endpoint says besides. */
async function token(claims: Record<string, unknown> = {}): Promise<string> {
  const code = (await back()).searchParams.get("code") ?? "";
  const dpop = await proofAt("/token", claims);
  const { access_token } = await answered(redeem(code, { resource: "https://clinic.test" }, first(), { dpop }));
  return String(access_token);
}

test.each([
  [fapi2("check-dpop-proof-nbf-exp", "they may be there"), () => ({ nbf: time(), exp: time() + 300 })],
  [fapi2("ensure-dpopproof-with-iat-10seconds-before-succeeds", "clocks differ"), () => ({ iat: time() - 10 })],
  [fapi2("ensure-dpopproof-with-iat-10seconds-after-succeeds", "clocks differ"), () => ({ iat: time() + 10 })],
])("%s", async (_, claims) => {
  expect((await push({}, first(), { dpop: await proofAt("/par", claims()) })).status).toBe(201);
  const response = await resource(await token(claims()), { party: first(), proof: { claims: claims() } });
  expect(response.status).toBe(200);
});

test(fapi2("access-token-type-header-case-sensitivity", "RFC 9110 §11.1 a scheme has no case"), async () => {
  const value = await token();
  for (const scheme of ["dPoP", "DPOP", "dpop"])
    expect((await resource(value, { party: first(), authorization: `${scheme} ${value}` })).status).toBe(200);
});

describe(fapi2("dpop-negative-tests", "at the resource endpoint"), () => {
  let value: string;
  afterEach(async () => {
    // The token itself goes on working.
    expect((await resource(value, { party: first() })).status).toBe(200);
  });
  test.each<[string, NonNullable<Parameters<typeof resource>[1]["proof"]>, string]>([
    ["no typ", { header: { typ: undefined } }, "invalid_dpop_proof"],
    ["another typ", { header: { typ: "JWT" } }, "invalid_dpop_proof"],
    ["no jwk", { header: { jwk: undefined } }, "invalid_dpop_proof"],
    ["RS256", { keys: rsa, header: { alg: "RS256" } }, "invalid_dpop_proof"],
    ["no jti", { claims: { jti: undefined } }, "invalid_dpop_proof"],
    ["no htm", { claims: { htm: undefined } }, "invalid_dpop_proof"],
    ["another htm", { claims: { htm: "PUT" } }, "invalid_dpop_proof"],
    ["no htu", { claims: { htu: undefined } }, "invalid_dpop_proof"],
    ["another htu", { claims: { htu: "https://clinic.test/other" } }, "invalid_dpop_proof"],
    ["no iat", { claims: { iat: undefined } }, "invalid_dpop_proof"],
    ["an iat an hour ago", { claims: { iat: time() - 3_600 } }, "invalid_dpop_proof"],
    ["an iat an hour ahead", { claims: { iat: time() + 3_600 } }, "invalid_dpop_proof"],
    ["no ath", { claims: { ath: undefined } }, "invalid_dpop_proof"],
    ["another ath", { claims: { ath: "A".repeat(43) } }, "invalid_dpop_proof"],
    ["another key", { keys: other }, "invalid_token"],
  ])("%s is refused", async (_, proof, code) => {
    value ??= await token();
    expect(await refusal(resource(value, { party: first(), proof }))).toBe(`401 ${code}`);
  });
  test("a private key in the header, no proof at all, two of them, and Bearer", async () => {
    const jwk = await exportJWK(first().dpopKeys.privateKey);
    const dpop = await first().proof("GET", "https://clinic.test/records", { token: value });
    for (const sent of [
      { proof: { header: { jwk } } },
      { dpop: undefined },
      { dpop: `${dpop}, ${dpop}` },
      { authorization: `Bearer ${value}` },
    ])
      expect((await resource(value, { party: first(), ...sent })).status).toBe(401);
  });
  test("(+) a query in the URL, its host in capitals and the default port are the same resource", async () => {
    for (const htu of ["https://CLINIC.test/records", "https://clinic.test:443/records?a=b"])
      expect((await resource(value, { party: first(), proof: { claims: { htu } } })).status).toBe(200);
  });
  test("N-40 one proof twice", async () => {
    const dpop = await first().proof("GET", "https://clinic.test/records", { token: value });
    expect((await resource(value, { party: first(), dpop })).status).toBe(200);
    expect(await refusal(resource(value, { party: first(), dpop }))).toBe("401 invalid_dpop_proof");
  });
});
