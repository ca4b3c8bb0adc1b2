import { spawn } from "node:child_process";
import { KeyObject } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { localExchange } from "../../local/exchange.ts";
import { bodyOf } from "../../local/http-server.ts";
import { selfSigned } from "../support/certificates.ts";
import { type StubAssembly, stubAssembly } from "./stub-assembly.ts";

let stub: StubAssembly;
beforeAll(() => {
  stub = stubAssembly();
});

const temporary = () => mkdtempSync(join(tmpdir(), "fpx-"));
const post = (url: string, body: object) =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const write = (issuer: string, table: string, Item: object) => post(`${issuer}/token`, { table, Item });
const request = (id: string, more = {}) => ({
  pk: { S: `REQUEST#${id}` },
  sk: { S: "REQUEST" },
  kind: { S: "request" },
  ...more,
});

/** What the stubs told the log, by its message. */
const logged = (folder: string, message: string): Record<string, unknown>[] =>
  existsSync(join(folder, "log.jsonl"))
    ? readFileSync(join(folder, "log.jsonl"), "utf8")
        .split("\n")
        .filter((line) => line.includes(`"${message}"`))
        .map((line) => JSON.parse(line))
    : [];
const heard = (folder: string) => logged(folder, "heard").map(({ pk }) => pk);
const delivering = (folder: string) => logged(folder, "delivering").map(({ body }) => body);

describe("an exchange on this machine", () => {
  const folder = temporary();
  let exchange: Awaited<ReturnType<typeof localExchange>>;
  beforeAll(async () => {
    exchange = await localExchange({ folder, ...stub });
  });
  afterAll(() => exchange.close());

  test("the functions get the environment of docs/architecture.md", async () => {
    const { environment } = await (await fetch(`${exchange.origins.issuer}/nowhere`)).json();
    expect(environment).toMatchObject({
      RECORDS_TABLE: expect.stringContaining("Records"),
      GUARDS_TABLE: expect.stringContaining("Guards"),
      KEYS_TABLE: expect.stringContaining("Keys"),
      KMS_KEY_ID: expect.stringMatching(/^arn:aws:kms:.*:key\//),
      ISSUER: exchange.origins.issuer,
      WALLET_ORIGIN: exchange.origins.wallet,
      NAVIGATOR_ORIGINS: exchange.origins.phone,
      HOME_REGION: "r1",
      ALLOW_LOOPBACK: "true",
      FCM_APPLICATION_ARN: "arn:aws:sns:us-east-1:000000000000:app/GCM/navigator",
    });
    expect(JSON.parse(environment.OPERATOR_JWK)).toMatchObject({ kty: "EC", crv: "P-256" });
    expect(environment.OPERATOR_JWK).not.toContain('"d"');
  });

  test("CloudFront adds the origin header, whatever the viewer sent, and says who the viewer is", async () => {
    const sent = { "x-fpx-origin": "mine", "x-forwarded-for": "192.0.2.1" };
    const { headers, environment } = await (await fetch(`${exchange.origins.issuer}/x`, { headers: sent })).json();
    expect(headers["x-fpx-origin"]).toBe(environment.ORIGIN_SECRETS);
    expect(headers["x-forwarded-for"]).toBe("192.0.2.1, 127.0.0.1, 127.0.0.1");
  });

  test("A7 at the Wallet's host the API answers where CloudFront leads to it, and pages elsewhere", async () => {
    const answeredBy = async (path: string) => {
      const answer = await fetch(exchange.origins.wallet + path);
      const isPage = answer.headers.has("content-security-policy") || (await answer.text()) === "Not found\n";
      return isPage ? "pages" : "the API";
    };
    expect(await answeredBy("/wallet/me")).toBe("the API");
    expect(await answeredBy("/.well-known/assetlinks.json?x=1")).toBe("the API");
    expect(await answeredBy("/.well-known/apple-app-site-association")).toBe("the API");
    expect(await answeredBy("/.well-known/assetlinks.json/more")).toBe("pages");
    expect(await answeredBy("/")).toBe("pages");
  });

  test("RFC 9440 §2.2 the mTLS host asks for a certificate, wants none, and tells which, whatever the viewer said", async () => {
    const { certificate, keys } = await selfSigned("CN=app");
    const key = KeyObject.from(keys.privateKey).export({ type: "pkcs8", format: "pem" });
    const told = async (shown: object) => {
      const headers = { "client-cert": ":forged:", "client-cert-chain": ":forged:" };
      const ca = readFileSync(exchange.mtlsCaFile);
      const sent = get(`${exchange.origins.mtls}/x`, { ...shown, ca, headers, agent: false });
      const [answer] = (await once(sent, "response")) as [IncomingMessage];
      return JSON.parse(String(await bodyOf(answer)));
    };
    const { headers, environment } = await told({ key, cert: certificate.toString("pem") });
    expect(headers["client-cert"]).toBe(`:${Buffer.from(certificate.rawData).toString("base64")}:`);
    expect(headers["x-fpx-origin"]).toBe(`mtls.${environment.ORIGIN_SECRETS}`);
    expect(environment.MTLS_ORIGIN).toBe(exchange.origins.mtls);
    expect((await told({})).headers).not.toHaveProperty("client-cert");
    expect((await told({})).headers).not.toHaveProperty("client-cert-chain");
  });

  test("the Wallet's pages carry the headers of the template, and every screen is index.html", async () => {
    const page = await fetch(`${exchange.origins.wallet}/consents/1`);
    expect(await page.text()).toContain("<title>wallet");
    expect(page.headers.get("content-security-policy")).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const script = await fetch(`${exchange.origins.wallet}/assets/app-1.js`);
    expect(script.headers.get("cache-control")).toContain("immutable");
    expect((await fetch(`${exchange.origins.wallet}/assets/app-2.js`)).status).toBe(404);
    for (const path of ["..%2f..%2fpackage.json", "%.js", "/x.js"])
      expect((await fetch(`${exchange.origins.wallet}/${path}`)).status).toBe(404);
  });

  test("the stream tells notify of requests and of consents that wait, and of nothing else", async () => {
    const { issuer } = exchange.origins;
    const consent = (id: string, state: string) => request(id, { kind: { S: "consent" }, state: { S: state } });
    await write(issuer, "RECORDS_TABLE", request("1", { kind: { S: "person" } }));
    await write(issuer, "RECORDS_TABLE", consent("2", "active"));
    await write(issuer, "RECORDS_TABLE", consent("3", "requested"));
    await write(issuer, "RECORDS_TABLE", request("4"));
    await write(issuer, "RECORDS_TABLE", request("4", { revision: { N: "1" } }));
    await write(issuer, "RECORDS_TABLE", request("5"));
    await expect.poll(() => heard(folder)).toEqual(["REQUEST#3", "REQUEST#4", "REQUEST#5"]);
  });

  test("a function may do what its role says, and nothing else", async () => {
    const { issuer, wallet } = exchange.origins;
    const tried = async (table: string, pk: string) => (await write(issuer, table, { pk: { S: pk } })).text();
    expect(await tried("KEYS_TABLE", "KEY#second")).toBe("AccessDeniedException");
    expect(await tried("KEYS_TABLE", "KEY#first")).toBe("");
    expect(await (await post(`${wallet}/wallet/devices`, { Token: "phone" })).json()).toMatchObject({
      EndpointArn: expect.stringContaining(":endpoint/GCM/navigator/"),
      refused: "AccessDeniedException",
    });
  });

  test("June's phone tells where its API is", async () => {
    const answer = await fetch(`${exchange.origins.phone}/fpx.json`);
    expect(await answer.json()).toEqual({ api: exchange.origins.wallet });
    const page = await fetch(exchange.origins.phone);
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
  });
});

test("what was written before a kill is told after it", { timeout: 30_000 }, async () => {
  const folder = temporary();
  const child = spawn(process.execPath, ["test/local/exchange-process.ts", folder, stub.assembly, stub.dist], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  await write(JSON.parse(line).issuer, "RECORDS_TABLE", request("hangs", { hang: { BOOL: true } }));
  await expect.poll(() => heard(folder)).toEqual(["REQUEST#hangs"]);
  await write(JSON.parse(line).issuer, "RECORDS_TABLE", request("waits"));
  child.kill("SIGKILL");
  await once(child, "exit");

  const again = await localExchange({ folder, ...stub, parameters: { NavigatorOrigins: "again" } });
  await expect.poll(() => heard(folder)).toEqual(["REQUEST#hangs", "REQUEST#hangs", "REQUEST#waits"]);
  await again.close();
});

test("what was being delivered at a kill is delivered after it, by the one function that may", {
  timeout: 30_000,
}, async () => {
  const folder = temporary();
  const child = spawn(process.execPath, ["test/local/exchange-process.ts", folder, stub.assembly, stub.dist], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  await write(JSON.parse(line).issuer, "RECORDS_TABLE", request("told", { deliver: { S: "message" } }));
  await expect.poll(() => delivering(folder)).toEqual(["message"]);
  await expect
    .poll(() => logged(folder, "may not receive").map(({ refused }) => refused))
    .toEqual(["AccessDeniedException"]);
  child.kill("SIGKILL");
  await once(child, "exit");

  const again = await localExchange({ folder, ...stub, parameters: { NavigatorOrigins: "again" } });
  await expect.poll(() => delivering(folder)).toEqual(["message", "message"]);
  await again.close();
});

test("what was not taken when an exchange closed is told at its next start", { timeout: 30_000 }, async () => {
  const folder = temporary();
  const first = await localExchange({ folder, ...stub });
  await write(first.origins.issuer, "RECORDS_TABLE", request("hangs", { hang: { BOOL: true } }));
  await expect.poll(() => heard(folder)).toEqual(["REQUEST#hangs"]);
  await first.close();

  const again = await localExchange({ folder, ...stub, parameters: { NavigatorOrigins: "again" } });
  await expect.poll(() => heard(folder)).toEqual(["REQUEST#hangs", "REQUEST#hangs"]);
  await again.close();
});
