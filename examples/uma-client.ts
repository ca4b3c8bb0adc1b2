// From a URL to what is behind it: npx node examples/uma-client.ts ISSUER CLIENT_ID KEY_FILE URL [CLAIMS_REDIRECT_URI]  (docs/ask-for-data.md)
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { awaitOwner } from "../sdk/client/await-owner.ts";
import { finishClaims } from "../sdk/client/finish-claims.ts";
import { knock } from "../sdk/client/knock.ts";
import { connect } from "../sdk/exchange.ts";

const [issuer = "", client_id = "", file = "", url = "", claims_redirect_uri = "http://localhost:4091/claims"] =
  process.argv.slice(2);
const exchange = await connect({ issuer, client_id, key: JSON.parse(readFileSync(file, "utf8")) });

let progress = await knock([exchange], { url, claims_redirect_uri });
if (progress.state === "need_info") {
  console.log(`Open ${progress.location}`);
  const back = await new Promise<URL>((arrived) => {
    const server = createServer((request, response) => {
      response.end("Thank you. You can close this page.");
      server.close();
      arrived(new URL(request.url ?? "/", claims_redirect_uri));
    }).listen(Number(new URL(claims_redirect_uri).port), "127.0.0.1");
  });
  progress = await finishClaims([exchange], back, progress.interaction);
}
if (progress.state === "request_submitted") {
  console.log("The owner is asked.");
  progress = await awaitOwner([exchange], progress.submitted);
}
if (progress.state === "granted" || progress.state === "answered") {
  console.log(`${progress.response.status} ${await progress.response.text()}`);
}
