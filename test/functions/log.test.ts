import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { allDoors, everyHandle } from "../support/every-handle.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import type { Party } from "../support/parties.ts";

/** N-81: what the functions log while every door is used, and every handle is refused where it does not belong. */
let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
const lines: string[] = [];
const secrets = new Set<string>();
/** Members of requests and answers that nobody may read in a log. */
const SECRET =
  /^(access_token|refresh_token|id_token|auth_req_id|code|code_verifier|ticket|pct|grant_id|request_uri|client_assertion|login_hint|binding_message|name|challenge|nonce|signature|client_secret|(registration|initial)_access_token|continueAt|link|verification_uri_complete|claim_token)$/;
const HEADERS = ["authorization", "dpop", "cookie", "set-cookie"];

const asking = { scope: "openid immunization-history.read", binding_message: "K7Q 2M9" };

beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  vi.stubEnv("POWERTOOLS_LOG_LEVEL", "INFO");
  vi.stubEnv("POWERTOOLS_DEV", "true");
  for (const level of ["debug", "log", "info", "warn", "error"] as const)
    vi.spyOn(console, level).mockImplementation((...told: unknown[]) => void lines.push(told.join(" ")));
  const { fetch } = exchange;
  exchange.fetch = async (input, init) => {
    const response = await fetch(input, init);
    for (const { headers } of [new Request(input as string, init), response])
      for (const name of HEADERS) for (const value of (headers.get(name) ?? "").split(/[ ;=]+/)) remember(value);
    const { body } = init ?? {};
    if (body instanceof URLSearchParams) rememberIn(Object.fromEntries(body));
    if (typeof body === "string") rememberIn(JSON.parse(body));
    const text = await response.clone().text();
    if (text.startsWith("{")) rememberIn(JSON.parse(text));
    return response;
  };
  net = await network(exchange);
  app = await allDoors(net);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await exchange.close();
});

function rememberIn(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value))
    if (typeof member === "string" && SECRET.test(name)) remember(member);
    else rememberIn(member);
}
function remember(value: string): void {
  // Shorter ones are words: they are looked for by name below.
  if (value.length >= 16) secrets.add(value);
}

test("N-81 no token, handle, proof, cookie, name or message of anybody is in the log", async () => {
  const { handles } = await everyHandle(exchange, net, app);
  for (const handle of Object.values(handles)) {
    await app.post("/token", {
      grant_type: "authorization_code",
      code: handle,
      code_verifier: "v",
      redirect_uri: handle,
    });
    await app.post("/token", { grant_type: "refresh_token", refresh_token: handle });
    await app.post("/bc-authorize", { scope: "openid", login_hint: handle, binding_message: handle });
    await net.june.call("POST", `/wallet/asks/${handle}`);
    await net.june.call("GET", `/wallet/requests/${handle}`);
    await net.june.call("GET", `/wallet/numbers/${handle}`);
  }
  await exchange.settled();
  const log = lines.join("\n");
  expect(lines.length).toBeGreaterThan(150);
  expect(log).toContain("no such request");
  expect(secrets.size).toBeGreaterThan(100);
  expect(
    [...secrets, "June", "Bob", "K7Q 2M9", "Chart 7", "handset-1"].filter((secret) => log.includes(secret)),
  ).toEqual([]);
});

test("UX-10 “I did not start this” is a report: the log names the app, for the operator to count", async () => {
  await app.post("/bc-authorize", { ...asking, login_hint: await net.june.code("app") });
  const before = lines.length;
  expect((await net.june.decline(await net.june.waiting(), true)).status).toBe(204);
  await exchange.settled();
  expect(lines.slice(before).filter((line) => line.includes(`reported ${app.clientId}`))).toHaveLength(1);
});
