import { decodeJwt, SignJWT } from "jose";
import { expect, test } from "vitest";
import { issuer } from "../support/exchange.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { good, stopped } from "../support/redirect.ts";
import { fapi2 } from "./modules.ts";
import { twoClients } from "./two-clients.ts";

const { first, second, exchange, later, push, pushed, browser, answer, back, redeem, resource } = twoClients();
const clinic = "https://clinic.test";
const time = () => Math.floor(Date.now() / 1000);

/** The whole flow with this request: the answer in the browser, and the tokens. */
async function flow(more: Record<string, string | undefined> = {}, party: Party = first()) {
  const url = await back(more, { party });
  const tokens = await answered(redeem(url.searchParams.get("code") ?? "", { resource: clinic }, party));
  return { url, tokens, idToken: decodeJwt(String(tokens["id_token"])) };
}

test(fapi2("discovery-end-point-verification", "what FAPI 2.0 requires is there, and nothing it forbids"), async () => {
  const metadata = await answered(exchange().fetch(`${issuer}/.well-known/openid-configuration`));
  expect(metadata).toMatchObject({
    issuer,
    response_types_supported: ["code"],
    code_challenge_methods_supported: ["S256"],
    require_pushed_authorization_requests: true,
    authorization_response_iss_parameter_supported: true,
  });
  expect(metadata["token_endpoint_auth_methods_supported"]).toContain("private_key_jwt");
  for (const [name, value] of Object.entries(metadata)) {
    if (/_endpoint$|_uri$/.test(name)) expect(value).toMatch(/^https:/);
    if (/_alg_values_supported$/.test(name))
      for (const alg of value as string[]) expect(["ES256", "PS256", "EdDSA", "Ed25519"]).toContain(alg);
  }
  for (const forbidden of ["password", "implicit"]) expect(metadata["grant_types_supported"]).not.toContain(forbidden);
});

test(fapi2("happy-flow", "both Clients reach the data; the other's key opens nothing"), async () => {
  for (const [party, other] of [
    [first(), second()],
    [second(), first()],
  ] as const) {
    const { url, tokens, idToken } = await flow({ nonce: "n" }, party);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ state: good.state, iss: issuer });
    expect(idToken).toMatchObject({ iss: issuer, aud: party.clientId, nonce: "n" });
    expect(tokens).toMatchObject({ token_type: "DPoP", expires_in: 300 });
    const token = String(tokens["access_token"]);
    expect((await resource(token, { party })).status).toBe(200);
    expect(await refusal(resource(token, { party: other }))).toBe("401 invalid_token");
  }
});

test(fapi2("user-rejects-authentication", "access_denied with state and iss, for both Clients"), async () => {
  for (const party of [first(), second()]) {
    const { searchParams } = await back({}, { approve: false, party });
    expect(Object.fromEntries(searchParams)).toMatchObject({ error: "access_denied", state: good.state, iss: issuer });
    expect(searchParams.has("code")).toBe(false);
  }
});

test(fapi2("ensure-authorization-request-without-state-success", "and none comes back"), async () => {
  expect((await flow({ state: undefined })).url.searchParams.has("state")).toBe(false);
});
test(fapi2("ensure-authorization-request-without-nonce-success", "and the ID token has none"), async () => {
  expect((await flow({ nonce: undefined })).idToken).not.toHaveProperty("nonce");
});
test(fapi2("ensure-authorization-request-with-64-char-nonce-success", "in the ID token as it was sent"), async () => {
  const nonce = "n".repeat(64);
  expect((await flow({ nonce })).idToken["nonce"]).toBe(nonce);
});
test(fapi2("ensure-other-scope-order-succeeds", "the order of scope values means nothing"), async () => {
  expect((await flow({ scope: "immunization-history.read openid" })).idToken.iss).toBe(issuer);
});
test(fapi2("ensure-authorization-request-with-long-nonce", "384 characters are invalid_request"), async () => {
  expect(await refusal(push({ nonce: "n".repeat(384) }))).toBe("400 invalid_request");
});
test(fapi2("ensure-authorization-request-with-long-state", "1000 characters are invalid_request"), async () => {
  expect(await refusal(push({ state: "s".repeat(1_000) }))).toBe("400 invalid_request");
});

/** What comes back when the browser brings more than the pushed request object says. */
async function outside(inside: Record<string, unknown>, more: Record<string, string>) {
  const { clientId, keys } = first();
  const { state: _, ...request } = good;
  const claims = { iss: clientId, aud: issuer, client_id: clientId, nbf: time(), exp: time() + 60, ...request };
  const jwt = new SignJWT({ ...claims, ...inside }).setProtectedHeader({ alg: "ES256" });
  const form = { ...Object.fromEntries(Object.keys(good).map((name) => [name, undefined])) };
  const { request_uri } = await answered(push({ ...form, request: await jwt.sign(keys.privateKey) }));
  const tab = browser();
  const query = new URLSearchParams({ client_id: clientId, request_uri: String(request_uri), ...more });
  return new URL(await tab.open(await answer(await tab.open(`${issuer}/authorize?${query}`))));
}

test(fapi2("ensure-different-state-inside-and-outside-request-object", "the one inside counts"), async () => {
  expect((await outside({ state: "inside" }, { state: "outside" })).searchParams.get("state")).toBe("inside");
});
test(fapi2("state-only-outside-request-object-not-used", "no state comes back"), async () => {
  expect((await outside({}, { state: "outside" })).searchParams.has("state")).toBe(false);
});
test(fapi2("ensure-different-nonce-inside-and-outside-request-object", "the one inside counts"), async () => {
  const url = await outside({ nonce: "inside" }, { nonce: "outside" });
  const tokens = await answered(redeem(url.searchParams.get("code") ?? ""));
  expect(decodeJwt(String(tokens["id_token"]))["nonce"]).toBe("inside");
});
test(fapi2("ensure-matching-key-in-authorization-request", "another Client's key signs nothing"), async () => {
  const { privateKey } = second().keys;
  const claims = { ...good, iss: first().clientId, aud: issuer, nbf: time(), exp: time() + 60 };
  const request = await new SignJWT(claims).setProtectedHeader({ alg: "ES256" }).sign(privateKey);
  expect(await refusal(first().post("/par", { request }))).toBe("400 invalid_request_object");
});

test(fapi2("par-without-duplicate-parameters", "client_id and request_uri alone are enough"), async () => {
  expect((await back()).searchParams.has("code")).toBe(true);
});
test(
  fapi2("par-ensure-reused-request-uri-prior-to-auth-completion-succeeds", "opened twice, answered once"),
  async () => {
    const [request_uri, tab] = [await pushed(), browser()];
    await tab.authorize(request_uri, first().clientId);
    const location = await tab.authorize(request_uri, first().clientId);
    expect(await tab.open(await answer(location))).toContain("code=");
  },
);
test(fapi2("par-attempt-reuse-request_uri", "after the answer it is over"), async () => {
  const [request_uri, tab] = [await pushed(), browser()];
  await tab.open(await answer(await tab.authorize(request_uri, first().clientId)));
  expect(await tab.authorize(request_uri, first().clientId)).toBe(stopped("used"));
});
test(fapi2("par-attempt-to-use-expired-request_uri", "after its expires_in it is over"), async () => {
  const { request_uri, expires_in } = await answered(push());
  later(Number(expires_in));
  expect(await browser().authorize(String(request_uri), first().clientId)).toBe(stopped("late"));
});
test(fapi2("par-attempt-to-use-request_uri-for-different-client", "it is the Client's that pushed it"), async () => {
  expect(await browser().authorize(await pushed(), second().clientId)).toBe(stopped("flow"));
});
test(fapi2("ensure-unsigned-authorization-request-without-using-par-fails", "a page of ours"), async () => {
  const query = new URLSearchParams({ ...good, client_id: first().clientId });
  expect(await browser().open(`${issuer}/authorize?${query}`)).toBe(stopped("flow"));
});
