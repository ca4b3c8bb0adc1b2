// openid-client as it is: node examples/openid-client-ciba.ts ISSUER CLIENT_ID KEY_FILE CODE [PATH]  (docs/clients.md)
import { readFileSync } from "node:fs";
import { importJWK } from "jose";
import * as client from "openid-client";

const [issuer = "", clientId = "", file = "", login_hint = "", path = "/fhir/Immunization"] = process.argv.slice(2);
const jwk = JSON.parse(readFileSync(file, "utf8"));
const key = (await importJWK(jwk, "ES256")) as CryptoKey;
const config = await client.discovery(
  new URL(issuer),
  clientId,
  undefined,
  client.PrivateKeyJwt({ key, kid: jwk.kid }),
  {
    execute: issuer.startsWith("http://localhost") ? [client.allowInsecureRequests] : [],
  },
);

const scope = "openid immunization-history.read";
const asked = await client.initiateBackchannelAuthentication(config, {
  scope,
  login_hint,
  binding_message: "Heron 47",
});
console.log(`Asked. Approve "Heron 47" in the Wallet within ${asked.expires_in} seconds.`);

const newKey = async () => client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
const first = { DPoP: await newKey() };
const granted = await client.pollBackchannelAuthenticationGrant(config, asked, undefined, first);
const sources = granted.authorization_details?.flatMap(({ locations = [] }) => locations) ?? [];
console.log(`Approved by ${granted.claims()?.sub} for ${sources.join(" and ")}`);

const fetchFrom = async (source: string, token: string, options: client.DPoPOptions) => {
  const response = await client.fetchProtectedResource(
    config,
    token,
    new URL(source + path),
    "GET",
    null,
    undefined,
    options,
  );
  const { total } = (await response.json()) as { total: number };
  console.log(`${source}: ${response.status}, ${total} records`);
};
const [preferred, ...others] = [...new Set(sources)];
if (preferred !== undefined) await fetchFrom(preferred, granted.access_token, first);
for (const resource of others) {
  const own = { DPoP: await newKey() };
  const more = await client.refreshTokenGrant(config, granted.refresh_token ?? "", { resource }, own);
  await fetchFrom(resource, more.access_token, own);
}
