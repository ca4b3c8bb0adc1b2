import { SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { memoryRecords } from "../../adapters/memory/records.ts";
import type { Exchange } from "../../core/exchange.ts";
import { hintedSub } from "../../core/id-token.ts";
import { verifiedClaims } from "../../core/own-token.ts";
import { requestingPartyIn } from "../../core/uma/claims.ts";
import { ID_TOKEN_FORMATS } from "../../protocol/uma.ts";

/** What cannot be read is an outage of ours: a refusal would tell the caller that what it holds is bad. */
const outage = new Error("out of order");
const out = () => Promise.reject(outage);
const issuer = "https://as.test";
const records = memoryRecords();
const as = {
  issuer,
  nowMs: () => 0,
  tokenKeys: { published: out, signing: out },
  records: { ...records, claimsIssuers: { ...records.claimsIssuers, find: out } },
} as unknown as Exchange;

const idToken = (iss: string) =>
  new SignJWT({ iss, sub: "june" }).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(new Uint8Array(32));

describe("an outage is no refusal", () => {
  test("of the keys, where an access token of ours is presented", async () => {
    await expect(verifiedClaims(as, "a.b.c", issuer)).rejects.toBe(outage);
  });
  test("of the keys, where an ID token of ours is a hint", async () => {
    await expect(hintedSub(as, "client_a", await idToken(issuer))).rejects.toBe(outage);
  });
  test.each([issuer, "https://idp.test"])("of what verifies a claim token of %s", async (iss) => {
    const parameters = new Map(
      Object.entries({ claim_token: await idToken(iss), claim_token_format: String(ID_TOKEN_FORMATS[0]) }),
    );
    await expect(requestingPartyIn(as, "client_a", parameters)).rejects.toBe(outage);
  });
});
