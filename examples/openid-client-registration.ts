// openid-client as it is: npx node examples/openid-client-registration.ts [LOCAL_JSON] [FILE]  (docs/ask-for-data.md)
import { readFileSync, writeFileSync } from "node:fs";
import { exportJWK, generateKeyPair } from "jose";
import * as client from "openid-client";

const [local = ".fpx/local.json", file = ".fpx/my-app"] = process.argv.slice(2);
const { issuer, initialAccessToken } = JSON.parse(readFileSync(local, "utf8"));
const execute = issuer.startsWith("http://localhost") ? [client.allowInsecureRequests] : [];

// RFC 8414 §3.3, OIDC Discovery §4.3: both documents, each validated.
for (const algorithm of ["oidc", "oauth2"] as const)
  await client.discovery(new URL(issuer), "nobody", {}, undefined, { algorithm, execute });

const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
const kid = crypto.randomUUID();
const metadata = {
  client_name: "My first app",
  jwks: { keys: [{ ...(await exportJWK(publicKey)), kid, use: "sig" }] },
  grant_types: [
    "authorization_code",
    "urn:openid:params:grant-type:ciba",
    "urn:ietf:params:oauth:grant-type:uma-ticket",
    "refresh_token",
  ],
  redirect_uris: ["http://localhost:4090/back"],
  claims_redirect_uris: ["http://localhost:4091/claims"],
} as Partial<client.ClientMetadata>;
const authentication = client.PrivateKeyJwt({ key: privateKey, kid });
const config = await client.dynamicClientRegistration(new URL(issuer), metadata, authentication, {
  initialAccessToken,
  execute,
});
const { client_id, registration_client_uri, registration_access_token } = config.clientMetadata();
const mine = { mode: 0o600 };
writeFileSync(`${file}.jwk.json`, JSON.stringify({ ...(await exportJWK(privateKey)), kid, alg: "ES256" }), mine);
writeFileSync(
  `${file}.json`,
  JSON.stringify({ client_id, metadata, registration_client_uri, registration_access_token }),
  mine,
);
console.log(`Registered ${client_id}; its key is in ${file}.jwk.json, its registration in ${file}.json.`);
