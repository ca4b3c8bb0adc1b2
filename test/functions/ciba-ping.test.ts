import type { RequestListener } from "node:http";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as client from "openid-client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { dynamodbRecords } from "../../adapters/dynamodb/records.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { stranger } from "../support/stranger.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let endpoint: Awaited<ReturnType<typeof stranger>>;
let app: Party;
const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(code, headers).end("ignored");
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  vi.stubEnv("ALLOW_LOOPBACK", "true");
  endpoint = await stranger(status(204));
  net = await network(exchange);
  app = await net.client("Pinged", {
    backchannel_token_delivery_mode: "ping",
    backchannel_client_notification_endpoint: `${endpoint.url}/cb`,
  });
});
afterAll(async () => {
  endpoint.close();
  await exchange.close();
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  endpoint.seen.length = 0;
  endpoint.answers(status(204));
});
afterEach(() => {
  vi.useRealTimers();
});

const authorization_details = JSON.stringify([{ type: immunizations, actions: ["read"] }]);
const client_notification_token = `${"aZ09-._~+/".repeat(102)}abc=`;
const ask = async (more: Record<string, string | undefined> = {}) =>
  app.post("/bc-authorize", {
    scope: "openid",
    login_hint: await net.june.code("app"),
    binding_message: "K7Q 2M9",
    authorization_details,
    client_notification_token,
    ...more,
  });
const asked = async () => String((await answered(ask()))["auth_req_id"]);
const poll = (auth_req_id: string) =>
  app.post("/token", { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id });
const approved = async () => {
  const screen = await net.june.waiting();
  expect((await net.june.approve(screen)).status).toBe(200);
  await exchange.settled();
  return screen.id;
};
const records = () => dynamodbRecords(DynamoDBDocumentClient.from(exchange.dynamodb.client()), exchange.tables.records);
const consentOf = async (id: string) => (await records().consents.find(id))?.value;
/** What is kept for a ping on the request behind a consent. */
const kept = async (consentId: string) =>
  (await records().requests.find((await consentOf(consentId))?.requestId ?? ""))?.value.ping;
/** Goes from one attempt to the next until the queue is empty; the seconds between them. */
const pauses = async () => {
  const seconds: number[] = [];
  while (Number.isFinite(exchange.nextDelivery())) {
    seconds.push(Math.round((exchange.nextDelivery() - Date.now()) / 1000));
    vi.setSystemTime(exchange.nextDelivery());
    exchange.deliver();
    await exchange.settled();
  }
  return seconds;
};

describe("CIBA Core §10.2 ping", () => {
  test("(+) openid-client is told by its endpoint, then fetches", async () => {
    const config = await client.discovery(
      new URL(issuer),
      app.clientId,
      {},
      client.PrivateKeyJwt(app.keys.privateKey),
      { [client.customFetch]: exchange.fetch, execute: [] } as never,
    );
    expect(config.serverMetadata().backchannel_token_delivery_modes_supported).toEqual(["poll", "ping"]);
    const started = await client.initiateBackchannelAuthentication(config, {
      scope: "openid",
      login_hint: await net.june.code("app"),
      binding_message: "K7Q 2M9",
      authorization_details,
      client_notification_token,
    });
    const consentId = (await net.june.waiting()).id;
    expect(await kept(consentId)).toMatch(/^ping_r1/);
    await approved();
    expect(endpoint.seen).toHaveLength(1);
    const [ping] = endpoint.seen;
    expect(ping?.request).toBe("POST /cb");
    expect(ping?.headers).toMatchObject({
      authorization: `Bearer ${client_notification_token}`,
      "content-type": "application/json",
    });
    expect(JSON.parse(ping?.body ?? "")).toEqual({ auth_req_id: started.auth_req_id });
    expect(await kept(consentId)).toBeUndefined();
    const DPoP = client.getDPoPHandle(config, app.dpopKeys as CryptoKeyPair);
    const tokens = await client.pollBackchannelAuthenticationGrant(config, { ...started, interval: 0 }, undefined, {
      DPoP,
    });
    expect(tokens.claims()).toMatchObject({ iss: issuer, aud: app.clientId });
  });
  test("§7.1 a ping Client brings a client_notification_token of 1 to 1024 b68 characters", async () => {
    expect(client_notification_token).toHaveLength(1_024);
    for (const wrong of [undefined, `a${client_notification_token}`, "a b", "a=b", "ü"])
      expect(await refusal(ask({ client_notification_token: wrong }))).toBe("400 invalid_request");
  });
  test("a decline is told; a ping Client may poll, too; an answer fetched first needs no ping", async () => {
    const handle = await asked();
    expect(await refusal(poll(handle))).toBe("400 authorization_pending");
    await net.june.decline(await net.june.waiting());
    await exchange.settled();
    expect(endpoint.seen).toHaveLength(1);
    expect(await refusal(poll(handle))).toBe("400 access_denied");
  });
  test("UX-10 I did not start this, and no answer at all, are silence", async () => {
    const other = await net.client("Other", {
      backchannel_token_delivery_mode: "ping",
      backchannel_client_notification_endpoint: `${endpoint.url}/cb`,
    });
    await asked();
    await net.june.waiting();
    vi.setSystemTime(Date.now() + 900_000);
    await (await import("../../functions/due.ts")).handler();
    await exchange.settled();
    const form = { scope: "openid", binding_message: "A", authorization_details, client_notification_token };
    await answered(other.post("/bc-authorize", { ...form, login_hint: await net.june.code("app") }));
    await net.june.decline(await net.june.waiting(), true);
    await exchange.settled();
    expect(endpoint.seen).toEqual([]);
  });
  test.each([
    ["fapi-ciba-id1-ping-backchannel-notification-endpoint-response-401", 401],
    ["fapi-ciba-id1-ping-backchannel-notification-endpoint-response-403", 403],
    ["fapi-ciba-id1-ping-backchannel-notification-endpoint-return-redirect-request", 301],
    ["fapi-ciba-id1-ping-backchannel-notification-endpoint-response-has-body", 200],
  ])("%s: told once", async (_, code) => {
    endpoint.answers(status(code, { location: `${endpoint.url}/inside` }));
    const handle = await asked();
    const consentId = await approved();
    expect(endpoint.seen.map(({ request }) => request)).toEqual(["POST /cb"]);
    expect(await kept(consentId)).toBeUndefined();
    expect((await poll(handle)).status).toBe(200);
  });
  test("N-49 an endpoint out of order is tried again with growing pauses, until it answers", async () => {
    let tries = 0;
    endpoint.answers((request, response) => {
      tries++;
      if (tries === 1) return void request.socket.destroy();
      response.writeHead([503, 429][tries - 2] ?? 204).end();
    });
    await asked();
    const consentId = await approved();
    expect(endpoint.seen).toHaveLength(1);
    expect(await pauses()).toEqual([5, 10, 20]);
    expect(endpoint.seen).toHaveLength(4);
    expect(await kept(consentId)).toBeUndefined();
    expect(exchange.failures).toEqual([]);
  });
  test("§7.3 one that stays out of order is tried until the request's hard end; then what was kept for it is gone", async () => {
    endpoint.answers(status(503));
    await asked();
    const consentId = await approved();
    expect(await kept(consentId)).toMatch(/^ping_r1/);
    const seconds = await pauses();
    expect(seconds.slice(0, 7)).toEqual([5, 10, 20, 40, 80, 160, 320]);
    expect(seconds.reduce((sum, pause) => sum + pause)).toBeLessThanOrEqual(900);
    expect(endpoint.seen).toHaveLength(8);
    expect(await kept(consentId)).toBeUndefined();
  });
  test("N-49 an endpoint that hangs keeps nobody else waiting, neither in the stream nor in the queue", async () => {
    const other = await stranger(status(204));
    const quick = await net.client("Quick", {
      backchannel_token_delivery_mode: "ping",
      backchannel_client_notification_endpoint: `${other.url}/cb`,
    });
    endpoint.answers(() => {});
    await asked();
    await net.june.approve(await net.june.waiting());
    await vi.waitFor(() => expect(endpoint.seen).toHaveLength(1), { timeout: 2_000 });
    const form = { scope: "openid", binding_message: "A", authorization_details, client_notification_token };
    await answered(quick.post("/bc-authorize", { ...form, login_hint: await net.june.code("app") }));
    await net.june.approve(await net.june.waiting());
    await vi.waitFor(() => expect(other.seen).toHaveLength(1), { timeout: 2_000 });
    endpoint.answers(status(204));
    await exchange.settled();
    await pauses();
    other.close();
  });
  test("a message told twice is one ping", async () => {
    await asked();
    const consentId = await approved();
    const { handler } = await import("../../functions/deliver.ts");
    const { requestId } = (await consentOf(consentId)) ?? {};
    const again = (body: object) => ({
      Records: [{ messageId: "again", body: JSON.stringify(body), attributes: { ApproximateReceiveCount: "1" } }],
    });
    expect(await handler(again({ kind: "ping", id: requestId }) as never, {})).toEqual({ batchItemFailures: [] });
    expect(endpoint.seen).toHaveLength(1);
    expect(await handler(again({ kind: "unknown", id: requestId }) as never, {})).toEqual({
      batchItemFailures: [{ itemIdentifier: "again" }],
    });
  });
  test("N-49 registration: no endpoint, or one inside, is refused", async () => {
    const mode = { backchannel_token_delivery_mode: "ping" };
    await expect(net.client("X", mode)).rejects.toThrow("400");
    for (const inside of ["https://169.254.169.254/", "https://[::1]/", "https://10.0.0.1/", "http://app.test/"])
      await expect(net.client("X", { ...mode, backchannel_client_notification_endpoint: inside })).rejects.toThrow(
        "400",
      );
  });
});
