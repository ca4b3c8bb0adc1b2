// A Resource Server: npx node examples/resource-server.ts ISSUER CLIENT_ID KEY_FILE PORT  (docs/protect-an-api.md)
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { protect } from "../sdk/resource-server/protect.ts";
import { resourceServer } from "../sdk/resource-server/resource-server.ts";

const [issuer = "", client_id = "", file = "", port = "4900"] = process.argv.slice(2);
const resource = `http://localhost:${port}`;
const key = JSON.parse(readFileSync(file, "utf8"));
const server = resourceServer({ issuer, client_id, key, resource, onRefusal: ({ message }) => console.log(message) });

const type = "https://fpx.example/definitions/document";
const document = protect(server, { type, action: "view" })((_, { sub, consent }) =>
  Response.json({ text: `A document of ${sub}, seen under consent ${consent}` }),
);

createServer(async ({ method = "GET", url = "/", headersDistinct }, answer) => {
  const headers = Object.entries(headersDistinct).map(([name, values = []]): [string, string] => [
    name,
    values.join(", "),
  ]);
  const response = await document(new Request(resource + url, { method, headers }));
  answer.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
}).listen(Number(port), "127.0.0.1", () => console.log(`${resource} for ${type}`));
