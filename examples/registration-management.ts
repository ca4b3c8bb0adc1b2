// RFC 7592 with fetch: npx node examples/registration-management.ts FILE [NAME | end]  (docs/ask-for-data.md)
import { readFileSync } from "node:fs";

const [file = ".fpx/my-app.json", change] = process.argv.slice(2);
const { client_id, metadata, registration_client_uri, registration_access_token } = JSON.parse(
  readFileSync(file, "utf8"),
);
const call = (method: string, body?: object) =>
  fetch(registration_client_uri, {
    method,
    headers: { authorization: `Bearer ${registration_access_token}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

const read = await (await call("GET")).json();
console.log(`${read.client_name}, asks for ${read.capabilities.map(({ type }: { type: string }) => type).join(", ")}`);
if (change === "end") console.log(`Ended: ${(await call("DELETE")).status}`);
// What is sent replaces all that was registered: a key of its own is changed the same way.
else if (change !== undefined) {
  const { client_name } = await (await call("PUT", { ...metadata, client_id, client_name: change })).json();
  console.log(`Now called ${client_name}.`);
}
