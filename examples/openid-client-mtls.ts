// openid-client as it is: npx node examples/openid-client-mtls.ts ISSUER CLIENT_ID REDIRECT_URI CERTIFICATE KEY [CA]  (docs/clients.md)
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import * as client from "openid-client";
import { Agent, fetch } from "undici";

const [issuer = "", clientId = "", redirect_uri = "", certificate = "", keyFile = "", caFile] = process.argv.slice(2);
const [cert, key] = [readFileSync(certificate), readFileSync(keyFile)];
// The certificate is shown to whoever asks for one. CA: of a server that is not publicly trusted, as on this machine.
const dispatcher = new Agent({ connect: { cert, key, ...(caFile !== undefined && { ca: readFileSync(caFile) }) } });
const byTls = ((url: string, init: object) => fetch(url, { ...init, dispatcher })) as unknown as client.CustomFetch;
const execute = issuer.startsWith("http://localhost") ? [client.allowInsecureRequests] : [];
const options = { execute, [client.customFetch]: byTls };
const metadata = { use_mtls_endpoint_aliases: true };
const config = await client.discovery(new URL(issuer), clientId, metadata, client.TlsClientAuth(), options);

const pkceCodeVerifier = client.randomPKCECodeVerifier();
const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
const url = await client.buildAuthorizationUrlWithPAR(config, {
  redirect_uri,
  scope: "openid immunization-history.read",
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: "S256",
  state: expectedState,
  nonce: expectedNonce,
});
console.log(`Open ${url.href}`);

const back = await new Promise<URL>((arrived) => {
  const server = createServer((request, response) => {
    response.end("Thank you. You can close this page.");
    server.close();
    arrived(new URL(request.url ?? "/", redirect_uri));
  }).listen(Number(new URL(redirect_uri).port), "127.0.0.1");
});
const checks = { pkceCodeVerifier, expectedState, expectedNonce };
const granted = await client.authorizationCodeGrant(config, back, checks, { redirect_uri });
console.log(
  `Approved by ${granted.claims()?.sub}, a token of type ${granted.token_type} for the holder of ${certificate}`,
);

// fetchProtectedResource(config, …) goes through the same fetch: a source that asks for the certificate sees whose token it is.
for (const location of new Set((granted.authorization_details ?? []).flatMap(({ locations = [] }) => locations))) {
  await client.refreshTokenGrant(config, granted.refresh_token ?? "", { resource: location });
  console.log(`${location}: another token`);
}
await dispatcher.close();
