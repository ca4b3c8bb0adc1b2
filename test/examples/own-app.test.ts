import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as openid from "openid-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DemoNetwork } from "../../examples/demo-network.ts";
import { connect } from "../../sdk/exchange.ts";
import { type Registration, register } from "../../sdk/registration.ts";
import { link } from "../../sdk/resource-server/resource-registration.ts";
import { resourceServer } from "../../sdk/resource-server/resource-server.ts";
import { newJwkPair } from "../../sdk/signing-key.ts";
import { document } from "../support/network.ts";
import { June } from "../support/person.ts";
import { browser } from "./browser.ts";
import { demoExchange } from "./demo-exchange.ts";
import { freePort, program } from "./program.ts";

/** An app of one's own, from its registration to its end, by the programs of docs/ask-for-data.md. */
let demo: Awaited<ReturnType<typeof demoExchange>>;
let network: DemoNetwork;
let june: June;
let file: string;
beforeAll(async () => {
  demo = await demoExchange();
  network = await demo.start();
  june = new June(demo.exchange);
  await june.createAccount("June Smith");
  const tab = browser();
  await tab.submit(`${demo.clinic}/sign-in`, { number: demo.numbers[demo.clinic] ?? "" });
  await tab.submit(`${demo.clinic}/connect`, { code: await june.code("source") });
  file = join(demo.folder, "my-app");
  const { initialAccessToken } = network;
  await writeFile(join(demo.folder, "local.json"), JSON.stringify({ issuer: demo.issuer, initialAccessToken }));
});
afterAll(async () => {
  await network.close();
  await demo.close();
});

async function ran(name: string, ...args: readonly string[]): Promise<string> {
  const running = program(name, ...args);
  const code = await running.ended();
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${running.told()}`);
  return running.told();
}
const registration = async () => JSON.parse(await readFile(`${file}.json`, "utf8")) as { client_id: string };

async function admitted(metadata: object) {
  const { privateKey, publicKey } = await newJwkPair("sig");
  const whole = { client_name: "Program", jwks: { keys: [publicKey] }, ...metadata } as Registration;
  const { client_id } = await register(demo.issuer, network.initialAccessToken, whole);
  const keyFile = join(demo.folder, `${client_id}.jwk.json`);
  await writeFile(keyFile, JSON.stringify(privateKey), { mode: 0o600 });
  return { client_id, key: privateKey, file: keyFile };
}

test("RFC 8414 §3.3, RFC 7591 §3 openid-client as it is: both documents validated, a Client registered", async () => {
  const told = await ran("openid-client-registration.ts", join(demo.folder, "local.json"), file);
  expect(told).toContain(`Registered ${(await registration()).client_id}`);
});

test("RFC 7592 §2.1, §2.2 a program reads its registration and changes it", async () => {
  const told = await ran("registration-management.ts", `${file}.json`, "My second app");
  expect(told).toContain(`My first app, asks for ${network.definitions[0]}`);
  expect(told).toContain("Now called My second app.");
});

test("CIBA Core §10.1 poll: what was just registered asks, and fetches from the source", async () => {
  const { client_id } = await registration();
  const running = program("openid-client-ciba.ts", demo.issuer, client_id, `${file}.jwk.json`, await june.code("app"));
  await running.says("Asked");
  const screen = await june.waiting();
  expect(screen.notice.client.name).toBe("My second app");
  await june.approve(screen);
  expect(await running.ended()).toBe(0);
  expect(running.told()).toContain(`${demo.clinic}: 200, 4 records`);
});

test("CIBA Core §10.2 ping: openid-client as it is is told, and fetches at once", async () => {
  const port = String(await freePort());
  const { client_id, file: keyFile } = await admitted({
    backchannel_token_delivery_mode: "ping",
    backchannel_client_notification_endpoint: `http://localhost:${port}/told`,
  });
  const running = program("openid-client-ping.ts", demo.issuer, client_id, keyFile, await june.code("app"), port);
  await running.says("Asked");
  await june.approve(await june.waiting());
  expect(await running.ended()).toBe(0);
  expect(running.told()).toContain(demo.clinic);
});

test("RFC 7662 §2.1, RFC 9701 §5, RFC 7009 §2.1 oauth4webapi introspects, openid-client revokes, both as they are", async () => {
  const resource = `http://localhost:${await freePort()}`;
  const source = await admitted({ scope: "uma_protection", resource });
  const server = resourceServer({ issuer: demo.issuer, resource, client_id: source.client_id, key: source.key });
  await link(server, await june.code("source"), [{ type: document, resource_scopes: ["view"] }]);

  const { client_id } = await registration();
  const key = JSON.parse(await readFile(`${file}.jwk.json`, "utf8"));
  const config = await connect({ issuer: demo.issuer, client_id, key });
  const login_hint = await june.code("app");
  const question = { scope: "openid document.view", login_hint, binding_message: "Dunlin 3" };
  const asked = await openid.initiateBackchannelAuthentication(config, question);
  await june.approve(await june.waiting());
  const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair("ES256"));
  const soon = { ...asked, interval: 0.1 };
  const tokens = await openid.pollBackchannelAuthenticationGrant(config, soon, undefined, { DPoP });

  const asks = [demo.issuer, source.client_id, source.file, tokens.access_token] as const;
  const told = await ran("oauth4webapi-introspection.ts", ...asks);
  expect(told).toMatch(/plain: active, about \S+ under consent \S+/);
  expect(told).toMatch(/signed: active, about \S+ under consent \S+/);
  await ran("openid-client-revocation.ts", demo.issuer, client_id, `${file}.jwk.json`, tokens.refresh_token ?? "");
  const after = await ran("oauth4webapi-introspection.ts", ...asks);
  expect(after).toContain("plain: not active");
  expect(after).toContain("signed: not active");
});

test("RFC 7592 §2.3 a program ends its registration", async () => {
  expect(await ran("registration-management.ts", `${file}.json`, "end")).toContain("Ended: 204");
  await expect(ran("registration-management.ts", `${file}.json`)).rejects.toThrow();
});

test.each(["openid-client-ciba.ts", "openid-client-code.ts"])(
  "docs/ask-for-data.md shows %s as it is",
  async (name) => {
    const [, program = ""] = (await readFile(`examples/${name}`, "utf8")).split(/^.*\n/);
    expect(await readFile("docs/ask-for-data.md", "utf8")).toContain(`\`\`\`ts\n${program}\`\`\`\n`);
  },
);
