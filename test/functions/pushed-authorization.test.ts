import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { type Party, refusal } from "../support/parties.ts";
import { good, redirecting } from "../support/redirect.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  app = await net.client("Redirecting", redirecting);
});
afterAll(() => exchange.close());
const push = (more: Record<string, string | undefined> = {}, party = app) => party.post("/par", { ...good, ...more });

describe("RFC 9126 the pushed request", () => {
  test("§2.2 is 201 with a request_uri below 600 s", async () => {
    const response = await push();
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({
      request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:par_/),
      expires_in: 90,
    });
  });
  test.each([
    ["N-16 a request_uri inside", { request_uri: "urn:ietf:params:oauth:request_uri:x" }, "400 invalid_request"],
    ["OIDC Core §3.1.2.1 prompt none", { prompt: "none" }, "400 interaction_required"],
    ["OIDC Core §3.1.2.1 prompt none among others", { prompt: "none login" }, "400 invalid_request"],
    ["N-20 response_type token", { response_type: "token" }, "400 unsupported_response_type"],
    ["N-20 response_type code id_token", { response_type: "code id_token" }, "400 unsupported_response_type"],
    ["N-20 response_mode form_post", { response_mode: "form_post" }, "400 invalid_request"],
    ["N-20 response_mode form_post.jwt", { response_mode: "form_post.jwt" }, "400 invalid_request"],
    ["N-20 response_mode fragment", { response_mode: "fragment" }, "400 invalid_request"],
    ["N-20 response_mode fragment.jwt", { response_mode: "fragment.jwt" }, "400 invalid_request"],
    ["N-20 response_mode web_message", { response_mode: "web_message" }, "400 invalid_request"],
    ["N-20 response_mode constructor", { response_mode: "constructor" }, "400 invalid_request"],
    ["N-21 no PKCE", { code_challenge: undefined }, "400 invalid_request"],
    ["N-21 plain", { code_challenge_method: "plain" }, "400 invalid_request"],
    ["N-21 no method", { code_challenge_method: undefined }, "400 invalid_request"],
    ["no redirect_uri", { redirect_uri: undefined }, "400 invalid_request"],
    ["a scope it may not ask", { scope: "openid document.view" }, "400 invalid_scope"],
    ["a bad thumbprint", { dpop_jkt: "short" }, "400 invalid_request"],
    ["N-27 another key's thumbprint", { dpop_jkt: "A".repeat(43) }, "400 invalid_dpop_proof"],
  ])("%s is refused", async (_, more, expected) => {
    expect(await refusal(push(more))).toBe(expected);
  });
  test.each([
    "https://app.test/back",
    "https://app.test/back?tenant=1#",
    "https://app.test/back/..;/?tenant=1",
    "https://app.test/%2e%2e/back?tenant=1",
    "https://a@b@app.test/back?tenant=1",
    "https://app.test.evil.test/back?tenant=1",
    "https://app.test//back?tenant=1",
    "https://app.test:8443/back?tenant=1",
    "http://app.test/back?tenant=1",
    "https://app.test/back?tenant=1&x=2",
    "https://\u0430pp.test/back?tenant=1",
    "HTTPS://app.test/back?tenant=1",
  ])("N-19 redirect_uri %s is not the registered one", async (uri) => {
    expect(await refusal(push({ redirect_uri: uri }))).toBe("400 invalid_request");
  });
  test("a Client not registered for it is unauthorized_client", async () => {
    expect(await refusal(push({}, net.app))).toBe("400 unauthorized_client");
  });
});
