import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { grantFlows } from "../../examples/uma-black-box/grant-flows.ts";
import { protectionFlows } from "../../examples/uma-black-box/protection-flows.ts";
import { walletOrigin } from "../support/exchange.ts";
import { demoExchange } from "./demo-exchange.ts";
import { program } from "./program.ts";

test("UMA Grant §1.3, UMA FedAuthz §1.5 a program that knows the issuer alone runs every flow of both specifications", async () => {
  const demo = await demoExchange();
  const network = await demo.start();
  try {
    const { initialAccessToken } = network;
    const file = join(demo.folder, "local.json");
    await writeFile(file, JSON.stringify({ issuer: demo.issuer, wallet: walletOrigin, initialAccessToken }));
    const running = program("uma-black-box.ts", file);
    expect(await running.ended(), running.told()).toBe(0);
    for (const flow of Object.keys({ ...protectionFlows, ...grantFlows }))
      expect(running.told()).toContain(`ok    ${flow}`);
  } finally {
    await network.close();
    await demo.close();
  }
}, 60_000);
