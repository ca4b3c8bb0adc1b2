import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { walletOrigin } from "../support/exchange.ts";
import { answered } from "../support/parties.ts";
import { June } from "../support/person.ts";
import { demoExchange } from "./demo-exchange.ts";
import { freePort, program } from "./program.ts";

test("UMA Grant §3.2.1, §3.3.2 docs/protect-an-api.md: an API registered and protected, an app that knows its URL, and June who opens it", async () => {
  const demo = await demoExchange();
  const network = await demo.start();
  const june = new June(demo.exchange);
  const [local, api, app] = ["local.json", "my-api.json", "my-app"].map((name) => join(demo.folder, name));
  let serving: ReturnType<typeof program> | undefined;
  try {
    await june.createAccount("June Smith");
    await writeFile(
      String(local),
      JSON.stringify({ issuer: demo.issuer, initialAccessToken: network.initialAccessToken }),
    );
    const resource = `http://localhost:${await freePort()}`;
    for (const running of [
      program("resource-server-registration.ts", String(local), String(api), resource),
      program("openid-client-registration.ts", String(local), String(app)),
    ])
      expect(await running.ended(), running.told()).toBe(0);

    serving = program("protected-api.ts", await june.code("source"), String(api));
    expect(await serving.says("is protected")).toContain(`${resource}/diary`);
    const challenge = (await fetch(`${resource}/diary`)).headers.get("www-authenticate");
    expect(challenge).toMatch(`UMA realm="${resource}", as_uri="${demo.issuer}", ticket="ticket_`);
    const metadata = await fetch(`${resource}/.well-known/oauth-protected-resource`);
    expect(await metadata.json()).toMatchObject({ resource, resource_name: "My first API" });

    const { client_id } = JSON.parse(await readFile(`${app}.json`, "utf8")) as { client_id: string };
    const asking = program("uma-client.ts", demo.issuer, client_id, `${app}.jwk.json`, `${resource}/diary`);
    const away = await fetch(/Open (\S+)/.exec(await asking.says("Open"))?.[1] ?? "", { redirect: "manual" });
    const cookie = away.headers.get("set-cookie")?.split(";")[0] ?? "";
    const [origin, gathering] = (away.headers.get("location") ?? "").split("/#/claims/");
    expect(origin).toBe(walletOrigin);
    const { id } = await answered(june.call("POST", `/wallet/claims/${gathering}`));
    const { continueAt } = await answered(june.approve(await june.screen(String(id))));
    const back = await fetch(String(continueAt), { redirect: "manual", headers: { cookie } });
    await fetch(back.headers.get("location") ?? "");
    expect(await asking.ended(), asking.told()).toBe(0);
    expect(asking.told()).toContain(`200 {"diary":"Sunny.","for":"${client_id}"}`);
  } finally {
    serving?.stop();
    await network.close();
    await demo.close();
  }
}, 60_000);

test.each([
  ["protected-api.ts", "docs/protect-an-api.md"],
  ["uma-client.ts", "docs/ask-for-data.md"],
])("%s stands in %s as it is", async (name, page) => {
  const [, text = ""] = (await readFile(`examples/${name}`, "utf8")).split(/^.*\n/);
  expect(await readFile(page, "utf8")).toContain(`\`\`\`ts\n${text}\`\`\`\n`);
});
