import { decodeJwt } from "jose";
import { randomPKCECodeVerifier } from "openid-client";
import { expect, test } from "vitest";
import { answered, keyPair, refusal, thumbprint } from "../support/parties.ts";
import { fapi2 } from "./modules.ts";
import { twoClients } from "./two-clients.ts";

const { net, first, second, later, push, browser, answer, code, redeem } = twoClients();
const clinic = "https://clinic.test";
const introspected = async (token: unknown) => answered(net().lakeside.post("/introspect", { token: String(token) }));

test(fapi2("ensure-authorization-code-is-bound-to-client", "another Client cannot redeem it"), async () => {
  const value = await code();
  expect(await refusal(redeem(value, {}, second()))).toBe("400 invalid_grant");
  expect((await redeem(value)).status).toBe(200);
});
test(
  fapi2("attempt-reuse-authorization-code-after-one-second", "invalid_grant, and what it led to is revoked"),
  async () => {
    const value = await code();
    const { access_token } = await answered(redeem(value, { resource: clinic }));
    expect(await introspected(access_token)).toMatchObject({ active: true });
    later(1.1);
    expect(await refusal(redeem(value))).toBe("400 invalid_grant");
    expect(await introspected(access_token)).toEqual({ active: false });
  },
);
test(fapi2("ensure-token-endpoint-fails-with-expired-auth-code", "first used after 62 seconds"), async () => {
  const value = await code();
  later(62);
  expect(await refusal(redeem(value))).toBe("400 invalid_grant");
});
test(fapi2("ensure-pkce-code-verifier-required", "RFC 7636 §4.6 none does not fit"), async () => {
  expect(await refusal(redeem(await code(), { code_verifier: undefined }))).toBe("400 invalid_grant");
});
test(fapi2("incorrect-pkce-code-verifier-rejected", "RFC 7636 §4.6 another does not fit"), async () => {
  expect(await refusal(redeem(await code(), { code_verifier: randomPKCECodeVerifier() }))).toBe("400 invalid_grant");
});

test(
  fapi2("refresh-token", "works for both, needs authentication and a proof, and is the Client's alone"),
  async () => {
    const { refresh_token, access_token } = await answered(redeem(await code()));
    const form = { grant_type: "refresh_token", refresh_token: String(refresh_token) };
    const refreshed = await answered(first().post("/token", form));
    expect(refreshed).not.toHaveProperty("refresh_token");
    expect(refreshed["access_token"]).not.toBe(access_token);
    expect(await refusal(second().post("/token", form))).toBe("400 invalid_grant");
    expect(await refusal(first().post("/token", { ...form, client_assertion: undefined }))).toBe("401 invalid_client");
    expect(await refusal(first().post("/token", form, { dpop: undefined }))).toBe("400 invalid_dpop_proof");
    // RFC 9449 §5: a confidential Client's refresh token is not bound to the proof's key; the new token is bound to the new one.
    const keys = await keyPair();
    const moved = await answered(first().post("/token", { ...form, resource: clinic }, { keys }));
    expect(decodeJwt(String(moved["access_token"]))["cnf"]).toEqual({ jkt: await thumbprint(keys) });
  },
);

/** A code whose request named a key by `dpop_jkt`, by a proof at /par, or by both. */
async function bound({ dpop_jkt, proven }: { dpop_jkt?: string; proven?: Awaited<ReturnType<typeof keyPair>> }) {
  const pushed =
    proven === undefined
      ? push({ dpop_jkt }, first(), { dpop: undefined })
      : push({ dpop_jkt }, first(), { keys: proven });
  const { request_uri } = await answered(pushed);
  const tab = browser();
  const url = await tab.open(await answer(await tab.authorize(String(request_uri), first().clientId)));
  return new URL(url).searchParams.get("code") ?? "";
}
const keys = await keyPair();
const dpop_jkt = await thumbprint(keys);

test.each([
  [fapi2("ensure-dpop-auth-code-binding-success", "by dpop_jkt alone"), { dpop_jkt }],
  [fapi2("ensure-dpopproof-at-par-endpoint-binding-success", "by the proof at /par"), { proven: keys }],
  ["RFC 9449 §10.1 (+) by both, of one key", { dpop_jkt, proven: keys }],
])("%s", async (_, how) => {
  expect((await redeem(await bound(how), {}, first(), { keys })).status).toBe(200);
});
test.each([
  [fapi2("ensure-token-endpoint-fails-with-mismatched-dpop-jkt", "another key redeems nothing"), { dpop_jkt }],
  [
    fapi2("ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt", "another key redeems nothing"),
    { proven: keys },
  ],
])("%s", async (_, how) => {
  expect(await refusal(redeem(await bound(how)))).toBe("400 invalid_grant");
});
