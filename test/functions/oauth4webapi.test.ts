import * as oauth from "oauth4webapi";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { network } from "../support/network.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());

test("oauth4webapi as it is: discovery, CIBA, the ID token, RFC 7662 and RFC 9701 introspection, RFC 7009 revocation", async () => {
  const options = { [oauth.customFetch]: (url: string, init: object) => exchange.fetch(url, init) } as const;
  const url = new URL(issuer);
  const as = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options));
  await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, { ...options, algorithm: "oauth2" }));

  const client: oauth.Client = { client_id: net.app.clientId };
  const authentication = oauth.PrivateKeyJwt(net.app.keys.privateKey);
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair("ES256"));
  const parameters = {
    scope: "openid immunization-history.read",
    login_hint: await net.june.code("app"),
    binding_message: "A 1",
  };
  const started = await oauth.processBackchannelAuthenticationResponse(
    as,
    client,
    await oauth.backchannelAuthenticationRequest(as, client, authentication, parameters, options),
  );

  const poll = () =>
    oauth.backchannelAuthenticationGrantRequest(as, client, authentication, started.auth_req_id, { ...options, DPoP });
  await expect(oauth.processBackchannelAuthenticationGrantResponse(as, client, await poll())).rejects.toMatchObject({
    error: "authorization_pending",
  });
  await net.june.approve(await net.june.waiting());
  const response = await poll();
  const tokens = await oauth.processBackchannelAuthenticationGrantResponse(as, client, response);
  await oauth.validateApplicationLevelSignature(as, response, options);
  expect(tokens).toMatchObject({ token_type: "dpop", expires_in: 300, scope: "openid immunization-history.read" });

  const source: oauth.Client = { client_id: net.provincial.clientId };
  const introspect = async (requestJwtResponse: boolean) => {
    const key = oauth.PrivateKeyJwt(net.provincial.keys.privateKey);
    const answer = await oauth.introspectionRequest(as, source, key, first, { ...options, requestJwtResponse });
    const { active } = await oauth.processIntrospectionResponse(as, source, answer);
    if (requestJwtResponse) await oauth.validateApplicationLevelSignature(as, answer, options);
    return active;
  };
  const refreshed = await oauth.refreshTokenGrantRequest(as, client, authentication, tokens.refresh_token ?? "", {
    ...options,
    DPoP,
    additionalParameters: { resource: "https://registry.test" },
  });
  const { access_token: first } = await oauth.processRefreshTokenResponse(as, client, refreshed);
  for (const asJwt of [false, true]) expect(await introspect(asJwt)).toBe(true);
  await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, authentication, first, options));
  for (const asJwt of [false, true]) expect(await introspect(asJwt)).toBe(false);
});

test("oauth4webapi as it is: RFC 7591 §3 dynamic registration, and its management by RFC 7592 §2", async () => {
  const options = { [oauth.customFetch]: (url: string, init: object) => exchange.fetch(url, init) } as const;
  const url = new URL(issuer);
  const as = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options));
  const expires_at = Math.floor(Date.now() / 1000) + 60;
  const grant = { capabilities: [], resource_server: false, expires_at };
  const initialAccessToken = String((await net.add("initial-access-tokens", grant))["initial_access_token"]);
  const metadata = { client_name: "Reader", jwks: { keys: [{ ...(await net.app.jwk()), kid: "a" }] } };
  const answer = await oauth.dynamicClientRegistrationRequest(as, metadata as never, {
    ...options,
    initialAccessToken,
  });
  const client = await oauth.processDynamicClientRegistrationResponse(answer);
  const { registration_client_uri, registration_access_token } = client as Record<string, unknown>;
  const read = await exchange.fetch(String(registration_client_uri), {
    headers: { authorization: `Bearer ${registration_access_token}` },
  });
  expect(await read.json()).toEqual(client);
});
