import { expect, test } from "vitest";
import { issuer } from "../support/exchange.ts";
import { keyPair, refusal, thumbprint } from "../support/parties.ts";
import { fapi2 } from "./modules.ts";
import { twoClients } from "./two-clients.ts";

const { first, second, exchange, push } = twoClients();
const other = await thumbprint(await keyPair());
const unregistered = { redirect_uri: "https://app.test/unregistered" };
const IR = "400 invalid_request";

/** What is refused at /par, and how. */
test.each([
  [fapi2("ensure-registered-redirect-uri", "one that is not registered"), unregistered, IR],
  [fapi2("plain-fapi-tolerate-unregistered-redirect-uri", "refused cleanly, which it allows"), unregistered, IR],
  [fapi2("ensure-redirect-uri-in-authorization-request", "none"), { redirect_uri: undefined }, IR],
  [
    fapi2("ensure-response-type-code-idtoken-fails", "not supported"),
    { response_type: "code id_token" },
    "400 unsupported_response_type",
  ],
  [
    fapi2("ensure-response-type-token-fails", "not supported"),
    { response_type: "token" },
    "400 unsupported_response_type",
  ],
  [
    fapi2("par-authorization-request-containing-request_uri-form-param", "never at this endpoint (N-16)"),
    { request_uri: "urn:ietf:params:oauth:request_uri:x" },
    IR,
  ],
  [
    fapi2("par-ensure-pkce-required", "no code_challenge (N-21)"),
    { code_challenge: undefined, code_challenge_method: undefined },
    IR,
  ],
  [fapi2("par-plain-pkce-rejected", "S256 alone (N-21)"), { code_challenge_method: "plain" }, IR],
  [fapi2("ensure-mismatched-dpop-jkt-fails", "not the proof's key"), { dpop_jkt: other }, "400 invalid_dpop_proof"],
])("%s", async (_, more, refused) => {
  expect(await refusal(push(more))).toBe(refused);
});

test(fapi2("par-attempt-invalid-http-method", "405"), async () => {
  for (const method of ["GET", "PUT"]) {
    const response = await exchange().fetch(`${issuer}/par`, { method });
    expect([method, response.status, response.headers.get("allow")]).toEqual([method, 405, "POST"]);
  }
});

const time = () => Math.floor(Date.now() / 1000);
const with_ = async (claims: Record<string, unknown>, header: Record<string, unknown> = {}) =>
  push({ client_assertion: await first().assertion(claims, header) });

test.each([
  [fapi2("par-test-array-as-audience-fails", "even of the issuer alone"), { aud: [issuer] }],
  [fapi2("par-test-par-endpoint-url-as-audience-fails", "the issuer alone"), { aud: `${issuer}/par` }],
  [fapi2("par-test-token-endpoint-url-as-audience-fails", "the issuer alone"), { aud: `${issuer}/token` }],
  [fapi2("ensure-client-assertion-with-wrong-aud-fails", "the issuer alone"), { aud: "https://other.test" }],
  [fapi2("ensure-client-assertion-with-no-sub-fails", "nobody is named"), { sub: undefined }],
  [
    fapi2("ensure-client-assertion-with-exp-is-5-minutes-in-past-fails", "over"),
    { exp: time() - 300, iat: time() - 360 },
  ],
  [
    fapi2("par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails", "too far"),
    { nbf: time() + 70, exp: time() + 120 },
  ],
])("%s", async (_, claims) => {
  expect(await refusal(with_(claims))).toBe("401 invalid_client");
});
test(fapi2("par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted", "clocks differ"), async () => {
  expect((await with_({ nbf: time() + 8 })).status).toBe(201);
});
test(fapi2("ensure-signed-client-assertion-with-RS256-fails", "PS256, ES256 and EdDSA alone"), async () => {
  const { privateKey } = await keyPair("RS256");
  const client_assertion = await first().assertion({}, { alg: "RS256" }, privateKey);
  expect(await refusal(push({ client_assertion }))).toBe("401 invalid_client");
});

const code = { grant_type: "authorization_code", code: "code_r1x" };
test(fapi2("ensure-client-assertion-in-token-endpoint", "an id authenticates nobody"), async () => {
  const none = { client_assertion: undefined, client_assertion_type: undefined, client_id: first().clientId };
  expect(await refusal(first().post("/token", { ...code, ...none }))).toBe("401 invalid_client");
});
test(fapi2("ensure-client-id-in-token-endpoint", "another's id with one's own key"), async () => {
  const { clientId } = second();
  const client_assertion = await first().assertion({ iss: clientId, sub: clientId });
  expect(await refusal(first().post("/token", { ...code, client_assertion }))).toBe("401 invalid_client");
  expect(await refusal(first().post("/token", { ...code, client_id: clientId }))).toBe("401 invalid_client");
});
test(fapi2("ensure-holder-of-key-required", "no token without a proof"), async () => {
  expect(await refusal(first().post("/token", code, { dpop: undefined }))).toBe("400 invalid_dpop_proof");
});
