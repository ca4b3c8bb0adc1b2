// Registers a Resource Server: npx node examples/resource-server-registration.ts [LOCAL_JSON] [FILE] [RESOURCE]  (docs/protect-an-api.md)
import { readFileSync, writeFileSync } from "node:fs";
import { register } from "../sdk/registration.ts";
import { newJwkPair } from "../sdk/signing-key.ts";

const [local = ".fpx/local.json", file = ".fpx/my-api.json", resource = "http://localhost:4900"] =
  process.argv.slice(2);
const { issuer, initialAccessToken } = JSON.parse(readFileSync(local, "utf8"));
const { privateKey: key, publicKey } = await newJwkPair("sig");
const { client_id } = await register(issuer, initialAccessToken, {
  client_name: "My first API",
  scope: "uma_protection",
  resource,
  grant_types: ["client_credentials"],
  jwks: { keys: [publicKey as { kty: "EC" }] },
});
writeFileSync(file, JSON.stringify({ issuer, client_id, key, resource }), { mode: 0o600 });
console.log(`Registered ${client_id} for ${resource}; its key is in ${file}.`);
