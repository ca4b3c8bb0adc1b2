import { KeyObject } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeProtectedHeader } from "jose";
import * as openid from "openid-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DemoNetwork } from "../../examples/demo-network.ts";
import { isCompactJwe, isCompactJws } from "../../protocol/oauth.ts";
import { start } from "../../sdk/client/start.ts";
import { wait } from "../../sdk/client/wait.ts";
import { connect } from "../../sdk/exchange.ts";
import { register } from "../../sdk/registration.ts";
import { link } from "../../sdk/resource-server/resource-registration.ts";
import { resourceServer } from "../../sdk/resource-server/resource-server.ts";
import { newJwkPair } from "../../sdk/signing-key.ts";
import { jwkOf, selfSigned } from "../support/certificates.ts";
import { document } from "../support/network.ts";
import { June } from "../support/person.ts";
import { browser } from "./browser.ts";
import { demoExchange } from "./demo-exchange.ts";
import { freePort, program } from "./program.ts";

let demo: Awaited<ReturnType<typeof demoExchange>>;
let network: DemoNetwork;
let june: June;

beforeAll(async () => {
  demo = await demoExchange();
  network = await demo.start();
  june = new June(demo.exchange);
  await june.createAccount("June Smith");
});
afterAll(async () => {
  await network.close();
  await demo.close();
});

/** A registered party with its key in a file, as the programs want it. */
async function admitted(more: object = {}) {
  const { privateKey, publicKey } = await newJwkPair("sig");
  const jwks = { keys: [publicKey as { kty: "EC" }] };
  const party = await register(demo.issuer, network.initialAccessToken, { client_name: "Program", jwks, ...more });
  const file = join(demo.folder, `${party.client_id}.jwk.json`);
  await writeFile(file, JSON.stringify(privateKey), { mode: 0o600 });
  return { client_id: party.client_id, key: privateKey, file };
}

/** June's browser: to the Wallet, where she approves, and back to the program. */
async function throughTheWallet(url: string): Promise<void> {
  const away = await fetch(url, { redirect: "manual" });
  const cookie = away.headers.get("set-cookie")?.split(";")[0] ?? "";
  const ask = away.headers.get("location")?.split("#/asks/")[1];
  const { id } = (await (await june.call("POST", `/wallet/asks/${ask}`)).json()) as { id: string };
  const { continueAt } = (await (await june.approve(await june.screen(id))).json()) as { continueAt: string };
  const back = await fetch(continueAt, { redirect: "manual", headers: { cookie } });
  await fetch(back.headers.get("location") ?? "");
}

test("CIBA Core §10.1 openid-client as it is: asked by scope, two sources, two DPoP keys, under 40 lines", async () => {
  const tab = browser();
  for (const source of [demo.registry, demo.clinic]) {
    await tab.submit(`${source}/sign-in`, { number: demo.numbers[source] ?? "" });
    await tab.submit(`${source}/connect`, { code: await june.code("source") });
  }
  const { client_id, file } = await admitted();
  const running = program("openid-client-ciba.ts", demo.issuer, client_id, file, await june.code("app"));
  expect(await running.says("Asked")).toContain('approve "Heron 47"');
  expect((await june.approve(await june.waiting())).status).toBe(200);
  expect(await running.ended()).toBe(0);
  expect(running.told()).toContain(`${demo.registry}: 200, 5 records`);
  expect(running.told()).toContain(`${demo.clinic}: 200, 4 records`);
  expect((await readFile("examples/openid-client-ciba.ts", "utf8")).split("\n").length).toBeLessThan(40);
});

/** What a program of the redirect door says once June answered in the browser it named. */
async function redirected(name: string): Promise<string> {
  const redirect_uri = `http://localhost:${await freePort()}/back`;
  const grant_types = ["authorization_code" as const, "refresh_token" as const];
  const { client_id, file } = await admitted({ redirect_uris: [redirect_uri], grant_types });
  const running = program(name, demo.issuer, client_id, file, redirect_uri);
  await throughTheWallet(/Open (\S+)/.exec(await running.says("Open"))?.[1] ?? "");
  expect(await running.ended()).toBe(0);
  return running.told();
}

test("RFC 6749 §4.1 openid-client as it is: PAR, the Wallet in this browser, a code, tokens", async () => {
  expect(await redirected("openid-client-code.ts")).toContain(demo.registry);
});

test("JARM §2.4, RFC 9101 §6 openid-client as it is: the request signed, the answer signed, and DPoP", async () => {
  const told = await redirected("openid-client-jarm.ts");
  expect(told).toContain("Came back with response alone.");
  expect(told).toContain(demo.registry);
});

test("OIDC Core §5.3 openid-client as it is: sign in with the Wallet, and UserInfo", async () => {
  expect(await redirected("openid-client-sign-in.ts")).toMatch(/Signed in: \{"sub":"[\w-]{43}"\}/);
});

test("RFC 8705 §2.2, §3 and §5 openid-client as it is: code, PAR and mTLS, a certificate in the place of key and proofs", async () => {
  const redirect_uri = `http://localhost:${await freePort()}/back`;
  const certified = await selfSigned("CN=program");
  const key = KeyObject.from(certified.keys.privateKey).export({ type: "pkcs8", format: "pem" });
  const [certificateFile, keyFile] = [join(demo.folder, "program.pem"), join(demo.folder, "program.key.pem")];
  await Promise.all([writeFile(certificateFile, certified.pem), writeFile(keyFile, key, { mode: 0o600 })]);
  const { client_id } = await register(demo.issuer, network.initialAccessToken, {
    client_name: "Program with a certificate",
    redirect_uris: [redirect_uri],
    grant_types: ["authorization_code", "refresh_token"],
    token_endpoint_auth_method: "self_signed_tls_client_auth",
    tls_client_certificate_bound_access_tokens: true,
    jwks: { keys: [(await jwkOf(certified)) as { kty: "EC" }] },
  });
  const files = [certificateFile, keyFile, demo.mtlsCaFile];
  const running = program("openid-client-mtls.ts", demo.issuer, client_id, redirect_uri, ...files);
  await throughTheWallet(/Open (\S+)/.exec(await running.says("Open"))?.[1] ?? "");
  expect(await running.ended()).toBe(0);
  expect(running.told()).toContain("token of type bearer");
  expect(running.told()).toContain(`${demo.clinic}: another`);
});

test("RFC 7519 §11.2 the registry's token is a JWE that names nothing to the Client, the clinic's is a JWS", async () => {
  const exchange = await connect({ issuer: demo.issuer, ...(await admitted()) });
  const scope = "openid immunization-history.read";
  const question = { scope, login_hint: await june.code("app"), binding_message: "Lynx 31" };
  const asked = await openid.initiateBackchannelAuthentication(exchange, question);
  await june.approve(await june.waiting());
  const DPoP = openid.getDPoPHandle(exchange, await openid.randomDPoPKeyPair("ES256"));
  const soon = { ...asked, interval: 0.1 };
  const { refresh_token = "" } = await openid.pollBackchannelAuthenticationGrant(exchange, soon, undefined, { DPoP });
  const tokenFor = async (resource: string) =>
    (await openid.refreshTokenGrant(exchange, refresh_token, { resource }, { DPoP })).access_token;
  const forRegistry = await tokenFor(demo.registry);
  expect(isCompactJwe(forRegistry)).toBe(true);
  expect(Object.keys(decodeProtectedHeader(forRegistry)).sort()).toEqual([
    "alg",
    "cty",
    "enc",
    "epk",
    "hangs_on",
    "kid",
    "typ",
  ]);
  expect(isCompactJws(await tokenFor(demo.clinic))).toBe(true);
});

test("RFC 9068 §4 a Resource Server in 30 lines, and both kits against it", async () => {
  const port = new URL(demo.registry).port.replace(/\d$/, "9");
  const resource = `http://localhost:${port}`;
  const party = await admitted({ scope: "uma_protection", resource });
  const running = program("resource-server.ts", demo.issuer, party.client_id, party.file, port);
  expect(await running.says("for https")).toContain(resource);
  try {
    const server = resourceServer({ issuer: demo.issuer, resource, ...party });
    const owner = await link(server, await june.code("source"), [{ type: document, resource_scopes: ["view"] }]);

    const exchange = await connect({ issuer: demo.issuer, ...(await admitted()) });
    const question = { login_hint: await june.code("app"), scope: "document.view", binding_message: "Otter 12" };
    const asked = await start(exchange, question);
    expect((await june.approve(await june.waiting())).status).toBe(200);
    const { sources } = await wait(exchange, { ...asked, interval: 0.1 });
    const response = await sources[0]?.fetch("/");
    expect(await response?.json()).toEqual({ text: expect.stringContaining(`A document of ${owner.resource_owner}`) });
    expect((await fetch(resource)).status).toBe(401);
    await running.says("no credentials");
    expect((await readFile("examples/resource-server.ts", "utf8")).split("\n").length).toBeLessThan(30);
  } finally {
    running.stop();
  }
});
