import { decodeJwt, decodeProtectedHeader } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { good, plain_uri, redirectDoor, redirecting, verifier } from "../support/redirect.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
let signing: Party;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  app = await net.client("Redirecting", redirecting);
  signing = await net.client("Signing", { ...redirecting, authorization_signed_response_alg: "ES256" });
});
afterAll(() => exchange.close());
const { push, browser, answer, back, redeem } = redirectDoor(
  () => exchange,
  () => net,
  () => app,
);

/** The one parameter, and what it says. */
function response(url: URL) {
  const jwt = url.searchParams.get("response") ?? "";
  return {
    names: [...url.searchParams.keys()].sort(),
    header: decodeProtectedHeader(jwt),
    claims: decodeJwt<Record<string, unknown>>(jwt),
  };
}
const now = () => Math.floor(Date.now() / 1000);

describe("JARM: the signed authorization response", () => {
  test.each(["jwt", "query.jwt"])(
    "JARM §2.1, §2.3.1, §2.3.4 response_mode %s: one JWT in the query for this Client, with code, state and iss",
    async (response_mode) => {
      const { names, header, claims } = response(await back({ response_mode }));
      expect(names).toEqual(["response", "tenant"]);
      const { keys } = (await answered(exchange.fetch(`${issuer}/jwks`))) as unknown as { keys: { kid: string }[] };
      expect(header).toMatchObject({ alg: "ES256", kid: keys[0]?.kid });
      expect(claims).toEqual({
        iss: issuer,
        aud: app.clientId,
        exp: expect.any(Number),
        code: expect.stringMatching(/^code_/),
        state: "s 1",
      });
      // at most 10 minutes
      expect(Number(claims["exp"]) - now()).toBeLessThanOrEqual(600);
      expect((await redeem(String(claims["code"]))).status).toBe(200);
    },
  );
  test("JARM §2.1 a decline is signed, too", async () => {
    const { names, claims } = response(await back({ response_mode: "jwt", state: undefined }, { approve: false }));
    expect(names).toEqual(["response", "tenant"]);
    expect(claims).toEqual({ iss: issuer, aud: app.clientId, exp: expect.any(Number), error: "access_denied" });
  });
  test("JARM §3 a Client that registers the algorithm gets every answer signed, and cannot be talked down", async () => {
    expect(response(await back({}, { party: signing })).claims).toMatchObject({ aud: signing.clientId, state: "s 1" });
    expect(await refusal(push({ response_mode: "query" }, signing))).toBe("400 invalid_request");
    const token = await net.root.token("operate");
    const registration = await net.root.call("GET", `/operator/clients/${signing.clientId}`, token);
    expect(await registration.json()).toMatchObject({ authorization_signed_response_alg: "ES256" });
  });
  test("JARM §3 an algorithm that is not offered is invalid_client_metadata", async () => {
    await expect(net.client("Other", { ...redirecting, authorization_signed_response_alg: "none" })).rejects.toThrow(
      "invalid_client_metadata",
    );
  });
  test("JARM §4 the metadata says so", async () => {
    expect(await answered(exchange.fetch(`${issuer}/.well-known/oauth-authorization-server`))).toMatchObject({
      response_modes_supported: ["query", "query.jwt", "jwt"],
      authorization_signing_alg_values_supported: ["ES256"],
    });
  });
  test("JARM §2.4 FAPI 2.0 §5.4 openid-client as it is validates it: PAR, PKCE, a signed request, a signed response, DPoP", async () => {
    const config = await client.discovery(
      new URL(issuer),
      app.clientId,
      {},
      client.PrivateKeyJwt(app.keys.privateKey),
      {
        [client.customFetch]: exchange.fetch,
        execute: [client.useJwtResponseMode],
      } as never,
    );
    const DPoP = client.getDPoPHandle(config, app.dpopKeys as CryptoKeyPair);
    const [nonce, state] = [client.randomNonce(), client.randomState()];
    const scope = "openid immunization-history.read";
    const { code_challenge, code_challenge_method } = good;
    const question = { redirect_uri: plain_uri, scope, code_challenge, code_challenge_method, nonce, state };
    const signed = await client.buildAuthorizationUrlWithJAR(config, question, app.keys.privateKey);
    const url = await client.buildAuthorizationUrlWithPAR(config, signed.searchParams, { DPoP });
    const tab = browser();
    const here = new URL(await tab.open(await answer(await tab.open(url.href))));
    expect([...here.searchParams.keys()]).toEqual(["response"]);
    const checks = { pkceCodeVerifier: verifier, expectedNonce: nonce, expectedState: state };
    const tokens = await client.authorizationCodeGrant(config, here, checks, undefined, { DPoP });
    expect(tokens.claims()).toMatchObject({ iss: issuer, nonce });
    // Somebody else's response is none.
    const foreign = await back({ response_mode: "jwt" }, { party: signing });
    await expect(
      client.authorizationCodeGrant(config, foreign, { ...checks, expectedState: "s 1" }, undefined, { DPoP }),
    ).rejects.toMatchObject({ code: "OAUTH_JWT_CLAIM_COMPARISON_FAILED" });
  });
});
