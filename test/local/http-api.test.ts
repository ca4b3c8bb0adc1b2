import { request } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Json } from "../../local/assembly.ts";
import { TimedOut } from "../../local/function-host.ts";
import { type ApiRoute, httpApi } from "../../local/http-api.ts";
import { type Listening, listening } from "../../local/http-server.ts";

let server: Listening;
let url: string;
/** What the function was told last, and what it answers. */
let told: Json;
let answers: (event: Json) => unknown;

beforeAll(async () => {
  const keys = ["ANY /token", "GET /only", "ANY /rreg", "ANY /rreg/{id}", "ANY /rreg/all", "$default"];
  const route = (key: string): ApiRoute => ({
    key,
    invoke: async (event) => {
      told = event;
      return answers(event);
    },
  });
  server = await listening(httpApi(keys.map(route)));
  url = `http://127.0.0.1:${server.port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  told = undefined;
  answers = () => ({ statusCode: 204 });
});

/** A request as it is on the wire: `fetch` joins and tidies. */
const wire = (path: string, lines: readonly string[] = []) =>
  new Promise<number>((resolve, reject) => {
    request(url + path, { headers: lines as unknown as string[] }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });

test("HTTP API: a form body arrives in base64", async () => {
  await fetch(`${url}/token`, { method: "POST", body: new URLSearchParams({ grant_type: "a b" }) });
  expect(told).toMatchObject({ isBase64Encoded: true, body: Buffer.from("grant_type=a+b").toString("base64") });
});

test("HTTP API: a JSON body arrives as text, another type in base64", async () => {
  const json = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
  await fetch(`${url}/token`, json);
  expect(told).toMatchObject({ isBase64Encoded: false, body: "{}" });
  await fetch(`${url}/token`, { ...json, headers: { "content-type": "application/jwt" } });
  expect(told).toMatchObject({ isBase64Encoded: true, body: "e30=" });
});

test("HTTP API: rawPath is decoded, rawQueryString is as it was sent", async () => {
  await fetch(`${url}/rreg/a%20b?q=%2B1`);
  expect(told).toMatchObject({ rawPath: "/rreg/a b", rawQueryString: "q=%2B1", pathParameters: { id: "a b" } });
});

test("HTTP API: repeated headers are joined by commas", async () => {
  await wire("/token", ["Host", "x", "DPoP", "one", "dpop", "two"]);
  expect(told.headers.dpop).toBe("one,two");
});

test("HTTP API: repeated query parameters are joined by commas", async () => {
  await fetch(`${url}/token?a=1&a=2`);
  expect(told).toMatchObject({ queryStringParameters: { a: "1,2" }, rawQueryString: "a=1&a=2" });
});

test("HTTP API: cookies are taken out of the headers", async () => {
  await fetch(`${url}/token`, { headers: { cookie: "a=1; b=2" } });
  expect(told.cookies).toEqual(["a=1", "b=2"]);
  expect(told.headers).not.toHaveProperty("cookie");
});

test("HTTP API: each of cookies becomes a set-cookie header", async () => {
  answers = () => ({ statusCode: 200, cookies: ["a=1; Path=/", "b=2"] });
  expect((await fetch(`${url}/token`)).headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2"]);
});

test("HTTP API: a method without a route is a 404 of the API's own, unless there is a $default", async () => {
  const bare = await listening(httpApi([{ key: "GET /only", invoke: async () => ({ statusCode: 204 }) }]));
  const answer = await fetch(`http://127.0.0.1:${bare.port}/only`, { method: "POST" });
  expect([answer.status, await answer.json()]).toEqual([404, { message: "Not Found" }]);
  bare.close();
});

test("HTTP API: ANY takes every method", async () => {
  for (const method of ["GET", "PUT", "DELETE", "OPTIONS"]) {
    await fetch(`${url}/token`, { method });
    expect(told).toMatchObject({ routeKey: "ANY /token", requestContext: { http: { method } } });
  }
});

test("HTTP API: a full match comes before a variable, $default takes what is left", async () => {
  const routeOf = async (path: string) => {
    await fetch(url + path);
    return told.routeKey;
  };
  expect(await routeOf("/rreg/all")).toBe("ANY /rreg/all");
  expect(await routeOf("/rreg/1")).toBe("ANY /rreg/{id}");
  expect(await routeOf("/rreg/1/2")).toBe("$default");
  expect(await routeOf("/token/")).toBe("$default");
});

test("HTTP API: the request context names method, path, caller and time", async () => {
  await fetch(`${url}/token`, { headers: { "user-agent": "june" } });
  expect(told).toMatchObject({
    version: "2.0",
    requestContext: {
      stage: "$default",
      domainName: `127.0.0.1:${server.port}`,
      http: { method: "GET", path: "/token", sourceIp: "127.0.0.1", userAgent: "june" },
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: expect.any(Number),
    },
  });
});

test("HTTP API: a body above 10 MB is 413", async () => {
  const answer = await fetch(`${url}/token`, { method: "POST", body: Buffer.alloc(10 * 1024 * 1024 + 1) });
  expect(answer.status).toBe(413);
  expect(told).toBeUndefined();
});

test("HTTP API: headers above 10,240 bytes are 431", async () => {
  expect(await wire("/token", ["Host", "x", "x-long", "a".repeat(11_000)])).toBe(431);
});

test("HTTP API: a function that throws is 500 Internal Server Error", async () => {
  answers = () => {
    throw new Error("a secret");
  };
  const answer = await fetch(`${url}/token`);
  expect([answer.status, await answer.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
});

test("HTTP API: an answer it cannot read is 500", async () => {
  answers = () => ({ statusCode: 200, body: { not: "a string" } });
  expect((await fetch(`${url}/token`)).status).toBe(500);
});

test("HTTP API: a function out of time is 503 Service Unavailable", async () => {
  answers = () => {
    throw new TimedOut();
  };
  const answer = await fetch(`${url}/token`);
  expect([answer.status, await answer.text()]).toEqual([503, '{"message":"Service Unavailable"}']);
});

test("HTTP API: an answer without statusCode is the body of a 200", async () => {
  answers = () => ({ hello: "June" });
  const answer = await fetch(`${url}/token`);
  expect([answer.status, answer.headers.get("content-type"), await answer.json()]).toEqual([
    200,
    "application/json",
    { hello: "June" },
  ]);
});

test("HTTP API: a body in base64 is decoded, and without a type it is text", async () => {
  answers = () => ({ statusCode: 200, isBase64Encoded: true, body: Buffer.from("Jüne").toString("base64") });
  const answer = await fetch(`${url}/token`);
  expect([answer.headers.get("content-type"), await answer.text()]).toEqual(["text/plain; charset=utf-8", "Jüne"]);
});

test("HTTP API: a request that is given up ends nothing else", async () => {
  const giving = request(`${url}/token`, { method: "POST", headers: { "content-length": 10 } }).on("error", () => {});
  await new Promise((sent) => giving.write("a", sent));
  giving.destroy();
  expect((await fetch(`${url}/token`)).status).toBe(204);
});
