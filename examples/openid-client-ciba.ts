// openid-client as it is: npx node examples/openid-client-ciba.ts ISSUER CLIENT_ID KEY_FILE CODE  (docs/clients.md)
import { readFileSync } from "node:fs";
import { importJWK } from "jose";
import * as client from "openid-client";

const [issuer = "", clientId = "", file = "", login_hint = ""] = process.argv.slice(2);
const jwk = JSON.parse(readFileSync(file, "utf8"));
const key = { key: (await importJWK(jwk, "ES256")) as CryptoKey, kid: jwk.kid };
const execute = issuer.startsWith("http://localhost") ? [client.allowInsecureRequests] : [];
const config = await client.discovery(new URL(issuer), clientId, {}, client.PrivateKeyJwt(key), { execute });
const newKey = async () => client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));

const question = { scope: "openid immunization-history.read", login_hint, binding_message: "Heron 47" };
const asked = await client.initiateBackchannelAuthentication(config, question);
console.log(`Asked: approve "${question.binding_message}" in the Wallet within ${asked.expires_in} seconds.`);

const DPoP = await newKey();
const granted = await client.pollBackchannelAuthenticationGrant(config, asked, undefined, { DPoP });
const sources = new Set((granted.authorization_details ?? []).flatMap(({ locations = [] }) => locations));
console.log(`Approved by ${granted.claims()?.sub}, sources: ${[...sources].join(", ")}`);

let first: string | undefined = granted.access_token;
for (const resource of sources) {
  const own = { DPoP: first === undefined ? await newKey() : DPoP };
  const refresh = () => client.refreshTokenGrant(config, granted.refresh_token ?? "", { resource }, own);
  const token = first ?? (await refresh()).access_token;
  first = undefined;
  const url = new URL(`${resource}/fhir/Immunization`);
  const response = await client.fetchProtectedResource(config, token, url, "GET", null, undefined, own);
  const { total } = (await response.json()) as { total: number };
  console.log(`${resource}: ${response.status}, ${total} records`);
}
