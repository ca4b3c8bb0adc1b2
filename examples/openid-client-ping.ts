// openid-client as it is: npx node examples/openid-client-ping.ts ISSUER CLIENT_ID KEY_FILE CODE PORT  (docs/ask-for-data.md)
// The Client is registered with backchannel_token_delivery_mode=ping and the endpoint http://localhost:PORT/told.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { importJWK } from "jose";
import * as client from "openid-client";

const [issuer = "", clientId = "", file = "", login_hint = "", port = "4091"] = process.argv.slice(2);
const jwk = JSON.parse(readFileSync(file, "utf8"));
const key = { key: (await importJWK(jwk, "ES256")) as CryptoKey, kid: jwk.kid };
const execute = issuer.startsWith("http://localhost") ? [client.allowInsecureRequests] : [];
const config = await client.discovery(new URL(issuer), clientId, {}, client.PrivateKeyJwt(key), { execute });

// CIBA Core §10.2: whoever has the token of this request may tell us that there is an answer, and no more.
const client_notification_token = crypto.randomUUID();
const told = new Promise<string>((answered) => {
  const server = createServer(async (request, response) => {
    if (request.headers.authorization !== `Bearer ${client_notification_token}`) {
      response.writeHead(401).end();
      return;
    }
    answered(JSON.parse(Buffer.concat(await request.toArray()).toString()).auth_req_id);
    response.writeHead(204).end();
    server.close();
  }).listen(Number(port), "127.0.0.1");
});

const question = { scope: "openid immunization-history.read", login_hint, binding_message: "Plover 12" };
const asked = await client.initiateBackchannelAuthentication(config, { ...question, client_notification_token });
console.log(`Asked: approve "${question.binding_message}" in the Wallet.`);
if ((await told) !== asked.auth_req_id) throw new Error("told of another request");

const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
const now = { ...asked, interval: 0 };
const granted = await client.pollBackchannelAuthenticationGrant(config, now, undefined, { DPoP });
console.log(`Told, fetched at once: ${JSON.stringify(granted.authorization_details)}`);
