// UMA 2.0 from outside, by HTTP alone: npx node examples/uma-black-box.ts [LOCAL_JSON]  (docs/protect-an-api.md)
import { readFileSync } from "node:fs";
import { grantFlows } from "./uma-black-box/grant-flows.ts";
import { protectionFlows } from "./uma-black-box/protection-flows.ts";
import { type Local, world } from "./uma-black-box/world.ts";

const [file = ".fpx/local.json"] = process.argv.slice(2);
const everybody = await world(JSON.parse(readFileSync(file, "utf8")) as Local);
const held = {};
for (const [name, flow] of Object.entries({ ...protectionFlows, ...grantFlows })) {
  try {
    await flow(everybody, held);
    console.log(`ok    ${name}`);
  } catch (failure) {
    console.log(`FAILS ${name}`);
    throw failure;
  }
}
console.log(`${Object.keys({ ...protectionFlows, ...grantFlows }).length} flows`);
