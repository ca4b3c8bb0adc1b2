// An API, protected: npx node examples/protected-api.ts CODE [FILE]  (docs/protect-an-api.md)
import { readFileSync } from "node:fs";
import { metadataOf, metadataUrl } from "../sdk/resource-server/metadata.ts";
import { protect } from "../sdk/resource-server/protect.ts";
import { link } from "../sdk/resource-server/resource-registration.ts";
import { resourceServer } from "../sdk/resource-server/resource-server.ts";
import { serve } from "./demo-network/serve.ts";

const [code = "", file = ".fpx/my-api.json"] = process.argv.slice(2);
const { resource, ...registration } = JSON.parse(readFileSync(file, "utf8"));
const server = resourceServer({
  ...registration,
  resource,
  metadata: { resource_name: "My first API" },
  onRefusal: ({ message }) => console.log(`refused: ${message}`),
});

// The person whose Wallet shows the code, and what we hold for them.
const type = "https://fpx.example/definitions/document";
const linked = await link(server, code, [{ type, resource_scopes: ["view"], name: "Diary" }]);
const [diary = ""] = linked.resource_ids;

// What a request needs: a path that is somebody's says whose. Any other says a kind alone.
const needed = ({ url }: Request) =>
  new URL(url).pathname === "/diary"
    ? ([{ resource_id: diary, resource_scopes: ["view"] }] as const)
    : { type, action: "view" };
const read = protect(server, needed)((_, access) => Response.json({ diary: "Sunny.", for: access.client_id }));

await serve(Number(new URL(resource).port), (request) =>
  request.url === metadataUrl(resource) ? Response.json(metadataOf(server)) : read(request),
);
console.log(`${resource}/diary is protected.`);
