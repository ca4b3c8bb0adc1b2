import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { egress } from "../../adapters/egress/egress.ts";
import { inside } from "../support/inside.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serving(answer: RequestListener) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, seen };
}

const get = (url: string) => ({ url, method: "GET", headers: {}, reads: true }) as const;
const here = egress({ allowLoopback: true, resolve: async () => ["127.0.0.1"] });

describe("N-49, N-80 addresses", () => {
  const outside = egress({ allowLoopback: false, resolve: async () => expect.unreachable("nothing is resolved") });
  test.each(inside)("%s is not admitted, nor sent to", async (url) => {
    expect(outside.admits(url)).toBe(false);
    expect(await outside.send(get(url))).toBe("refused");
  });
  test.each(["https://app.test/cb?x=1", "https://8.8.8.8/", "https://[2606:4700::1111]/"])(
    "(+) %s is admitted",
    (url) => expect(outside.admits(url)).toBe(true),
  );
  test("(+) this machine, where the deployment allows it, and nothing else inside", () => {
    expect(["http://localhost:1/", "http://127.0.0.1:1/"].every(here.admits)).toBe(true);
    expect(["http://app.test/", "https://10.0.0.1/", "http://[::1]/"].some(here.admits)).toBe(false);
  });
  test.each([
    [["10.0.0.1"]],
    [["8.8.8.8", "169.254.169.254"]],
    [["::ffff:127.0.0.1"]],
    [["::1"]],
    [["fe80::1%eth0"]],
    [["no address"]],
    [[]],
  ])("a name that leads to %j is refused", async (addresses) => {
    const egressed = egress({ allowLoopback: true, resolve: async () => addresses });
    expect(await egressed.send(get("https://evil.test/"))).toBe("refused");
  });
  test("localhost that leads elsewhere is refused", async () => {
    const egressed = egress({ allowLoopback: true, resolve: async () => ["10.0.0.1"] });
    expect(await egressed.send(get("http://localhost:1/"))).toBe("refused");
  });
});

describe("N-49 the transport", () => {
  test("rebinding: a name is resolved once, and the connection goes where that answer led", async () => {
    const { url, seen } = await serving((_, response) => response.end("ok"));
    const answers = [["127.0.0.1"], ["10.0.0.1"]];
    const rebinding = egress({ allowLoopback: true, resolve: async () => answers.shift() ?? [] });
    expect(await rebinding.send(get(`${url}/a`))).toEqual({ status: 200, body: "ok" });
    expect(answers).toEqual([["10.0.0.1"]]);
    expect(await rebinding.send(get(`${url}/b`))).toBe("refused");
    expect(seen).toEqual(["GET /a"]);
  });
  test("a redirect is an answer, not a way", async () => {
    const { url, seen } = await serving((_, response) => response.writeHead(301, { location: "/inside" }).end());
    expect(await here.send(get(`${url}/a`))).toEqual({ status: 301, body: "" });
    expect(seen).toEqual(["GET /a"]);
  });
  test("an endless body fails at 64 kB where it is read, and does not matter where it is not", async () => {
    const { url } = await serving((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(10_000)));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    });
    expect(await here.send(get(url))).toBe("failed");
    expect(await here.send({ ...get(url), reads: false })).toEqual({ status: 200, body: "" });
  });
  test("a hang before the head, in the body and in the resolution fails after 3 s", async () => {
    const silent = await serving(() => {});
    const slow = await serving((_, response) => response.writeHead(200).write("{"));
    const started = performance.now();
    const lost = egress({ allowLoopback: false, resolve: () => new Promise(() => {}) });
    expect(
      await Promise.all([here.send(get(silent.url)), here.send(get(slow.url)), lost.send(get("https://app.test"))]),
    ).toEqual(["failed", "failed", "failed"]);
    expect(performance.now() - started).toBeLessThan(6_000);
  });
  test("nobody there, or a name that is not, fails", async () => {
    expect(await here.send(get("http://localhost:1/"))).toBe("failed");
    const nameless = egress({ allowLoopback: false, resolve: async () => Promise.reject(new Error("ENOTFOUND")) });
    expect(await nameless.send(get("https://app.test/"))).toBe("failed");
  });
  test("what is sent is what was given, without anything of ours", async () => {
    let headers: object = {};
    const { url } = await serving((request, response) => {
      headers = request.headers;
      response.end();
    });
    await here.send({ url, method: "POST", headers: { authorization: "Bearer t" }, body: "{}", reads: false });
    expect(Object.keys(headers).sort()).toEqual(["authorization", "connection", "content-length", "host"]);
  });
});
