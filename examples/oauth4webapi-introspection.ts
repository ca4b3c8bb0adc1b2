// oauth4webapi as it is, for a Resource Server: npx node examples/oauth4webapi-introspection.ts ISSUER CLIENT_ID KEY_FILE TOKEN  (docs/protect-an-api.md)
import { readFileSync } from "node:fs";
import { importJWK } from "jose";
import * as oauth from "oauth4webapi";

const [issuer = "", client_id = "", file = "", token = ""] = process.argv.slice(2);
const jwk = JSON.parse(readFileSync(file, "utf8"));
const authentication = oauth.PrivateKeyJwt({ key: (await importJWK(jwk, "ES256")) as CryptoKey, kid: jwk.kid });
const options = { [oauth.allowInsecureRequests]: issuer.startsWith("http://localhost") };
const url = new URL(issuer);
const as = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options));

// RFC 7662: whether it still holds. RFC 9701: the same, signed for this Resource Server, to be kept as evidence.
for (const requestJwtResponse of [false, true]) {
  const source = { client_id };
  const response = await oauth.introspectionRequest(as, source, authentication, token, {
    ...options,
    requestJwtResponse,
  });
  const { active, sub, consent } = await oauth.processIntrospectionResponse(as, source, response);
  if (requestJwtResponse) await oauth.validateApplicationLevelSignature(as, response, options);
  const what = requestJwtResponse ? "signed" : "plain";
  console.log(active ? `${what}: active, about ${sub} under consent ${consent}` : `${what}: not active`);
}
