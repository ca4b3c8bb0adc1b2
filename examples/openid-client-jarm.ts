// openid-client as it is, signed both ways: npx node examples/openid-client-jarm.ts ISSUER CLIENT_ID KEY_FILE REDIRECT_URI  (docs/clients.md)
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { importJWK } from "jose";
import * as client from "openid-client";

const [issuer = "", clientId = "", file = "", redirect_uri = ""] = process.argv.slice(2);
const jwk = JSON.parse(readFileSync(file, "utf8"));
const key = { key: (await importJWK(jwk, "ES256")) as CryptoKey, kid: jwk.kid };
const local = issuer.startsWith("http://localhost") ? [client.allowInsecureRequests] : [];
const execute = [client.useJwtResponseMode, ...local];
const config = await client.discovery(new URL(issuer), clientId, {}, client.PrivateKeyJwt(key), { execute });
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));

const pkceCodeVerifier = client.randomPKCECodeVerifier();
const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
const question = {
  redirect_uri,
  scope: "openid immunization-history.read",
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: "S256",
  state: expectedState,
  nonce: expectedNonce,
};
const { searchParams: signed } = await client.buildAuthorizationUrlWithJAR(config, question, key);
const url = await client.buildAuthorizationUrlWithPAR(config, signed, { DPoP });
console.log(`Open ${url.href}`);

const back = await new Promise<URL>((arrived) => {
  const server = createServer((request, response) => {
    response.end("Thank you. You can close this page.");
    server.close();
    arrived(new URL(request.url ?? "/", redirect_uri));
  }).listen(Number(new URL(redirect_uri).port), "127.0.0.1");
});
const checks = { pkceCodeVerifier, expectedState, expectedNonce };
const granted = await client.authorizationCodeGrant(config, back, checks, { redirect_uri }, { DPoP });
console.log(`Came back with ${[...back.searchParams.keys()].join(", ")} alone.`);
console.log(`Approved by ${granted.claims()?.sub}: ${JSON.stringify(granted.authorization_details)}`);
