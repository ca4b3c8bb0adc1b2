import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { verifyDpopProof } from "../../core/dpop.ts";
import type { Party } from "../../core/party.ts";
import { verifiedByParty } from "../../core/party-keys.ts";

const as = { nowMs: () => Date.now() };
const request = { method: "POST", url: "https://as.test/token" };
const es256 = () => generateKeyPair("ES256", { extractable: true });

async function proof(keys: Awaited<ReturnType<typeof es256>>, signing = keys.privateKey) {
  return new SignJWT({ jti: crypto.randomUUID(), htm: "POST", htu: request.url })
    .setIssuedAt()
    .setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk: await exportJWK(keys.publicKey) })
    .sign(signing);
}

describe("A key is imported once; a verification is never remembered", () => {
  test("N-04 RFC 9449 §4.3 a proof under a header that verified before, signed by another key or altered, is refused", async () => {
    const [mine, other] = [await es256(), await es256()];
    const good = await proof(mine);
    const { jkt } = await verifyDpopProof(as, { ...request, dpop: good });
    expect((await verifyDpopProof(as, { ...request, dpop: await proof(mine) })).jkt).toBe(jkt);
    expect((await verifyDpopProof(as, { ...request, dpop: await proof(other) })).jkt).not.toBe(jkt);

    const [header, , signature] = good.split(".");
    const altered = `${header}.${(await proof(mine)).split(".")[1]}.${signature}`;
    for (const dpop of [altered, await proof(mine, other.privateKey)])
      await expect(verifyDpopProof(as, { ...request, dpop })).rejects.toMatchObject({ code: "invalid_dpop_proof" });
  });

  test("RFC 9449 §4.3 a header whose key is private or none is refused each time", async () => {
    const keys = await es256();
    const jwt = (jwk: object) =>
      new SignJWT({ jti: "a", htm: "POST", htu: request.url })
        .setIssuedAt()
        .setProtectedHeader({ alg: "ES256", typ: "dpop+jwt", jwk })
        .sign(keys.privateKey);
    for (const jwk of [await exportJWK(keys.privateKey), { kty: "EC", crv: "P-256", x: "AA", y: "AA" }, {}]) {
      const dpop = await jwt(jwk);
      for (let again = 0; again < 2; again++)
        await expect(verifyDpopProof(as, { ...request, dpop })).rejects.toMatchObject({ code: "invalid_dpop_proof" });
    }
  });

  test("N-14 a party's next key set verifies with its own keys alone", async () => {
    const [old, next] = [await es256(), await es256()];
    const party = async (keys: typeof old) =>
      ({
        client_id: "client_a",
        jwks: { keys: [{ ...(await exportJWK(keys.publicKey)), kid: "1" }] },
      }) as unknown as Party;
    const signed = (keys: typeof old) =>
      new SignJWT({ sub: "a" }).setProtectedHeader({ alg: "ES256", kid: "1" }).sign(keys.privateKey);
    const verified = (by: Party, jwt: string) => verifiedByParty(as as never, by, jwt, { algorithms: ["ES256"] });
    const [before, after] = [await party(old), await party(next)];
    expect(await verified(before, await signed(old))).toEqual({ sub: "a" });
    expect(await verified(after, await signed(next))).toEqual({ sub: "a" });
    await expect(verified(after, await signed(old))).rejects.toThrow();
    await expect(verified(before, await signed(next))).rejects.toThrow();
  });
});
