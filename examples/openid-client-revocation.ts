// openid-client as it is: npx node examples/openid-client-revocation.ts ISSUER CLIENT_ID KEY_FILE TOKEN  (docs/ask-for-data.md)
import { readFileSync } from "node:fs";
import { importJWK } from "jose";
import * as client from "openid-client";

const [issuer = "", clientId = "", file = "", token = ""] = process.argv.slice(2);
const jwk = JSON.parse(readFileSync(file, "utf8"));
const key = { key: (await importJWK(jwk, "ES256")) as CryptoKey, kid: jwk.kid };
const execute = issuer.startsWith("http://localhost") ? [client.allowInsecureRequests] : [];
const config = await client.discovery(new URL(issuer), clientId, {}, client.PrivateKeyJwt(key), { execute });

// RFC 7009: an access token dies alone; with a refresh token die all tokens of the consent, which stays the person's.
await client.tokenRevocation(config, token);
console.log("Revoked.");
