import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { navigatorOrigin, type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, type KeyPair, keyPair, Party, refusal } from "../support/parties.ts";
import { SoftwarePasskey } from "../support/passkey.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());

const detail = { type: immunizations, actions: ["read"], optional_actions: ["subscribe"] };

/** Navigator: a session bound to a key of its own. */
async function navigator() {
  const keys = await keyPair();
  const prover = new Party(exchange, "navigator", keys, keys);
  const passkey = new SoftwarePasskey(navigatorOrigin, "wallet.test");
  const call = async (method: string, path: string, body?: unknown, token?: string, proofKeys: KeyPair = keys) =>
    exchange.fetch(walletOrigin + path, {
      method,
      headers: {
        origin: navigatorOrigin,
        dpop: await prover.proof(method, walletOrigin + path, {
          keys: proofKeys,
          ...(token !== undefined && { token }),
        }),
        ...(token !== undefined && { authorization: `DPoP ${token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const { options, challenge } = (await answered(call("POST", "/wallet/account/options", { name: "June" }))) as {
    options: { challenge: string };
    challenge: string;
  };
  const session = await answered(
    call("POST", "/wallet/account", { name: "June", challenge, response: passkey.register(options.challenge) }),
  );
  return { call, token: String(session["token"]), prover };
}

describe("Navigator", () => {
  test("N-43 a bound session needs its key, its header and a fresh proof", async () => {
    const { call, token, prover } = await navigator();
    expect(await answered(call("GET", "/wallet/me", undefined, token))).toEqual({ name: "June" });
    expect((await call("GET", "/wallet/me", undefined, token, await keyPair())).status).toBe(401);
    expect((await call("GET", "/wallet/me")).status).toBe(401);
    const asCookie = await exchange.fetch(`${walletOrigin}/wallet/me`, {
      headers: { cookie: `__Host-fpx-wallet=${token}` },
    });
    expect(asCookie.status).toBe(401);
    const url = `${walletOrigin}/wallet/me`;
    const headers = {
      origin: navigatorOrigin,
      authorization: `DPoP ${token}`,
      dpop: await prover.proof("GET", url, { token }),
    };
    expect((await exchange.fetch(url, { headers })).status).toBe(200);
    expect(await refusal(exchange.fetch(url, { headers }))).toBe("400 invalid_dpop_proof");
    expect((await call("DELETE", "/wallet/session", undefined, token)).status).toBe(204);
    expect((await call("GET", "/wallet/me", undefined, token)).status).toBe(401);
  });
  test("design §6 every device rings with {v, id, t, exp} and nothing else; its id opens the request", async () => {
    const { call, token } = await navigator();
    const device = { platform: "FCM", token: "handset-1" };
    expect((await call("POST", "/wallet/devices", device, token)).status).toBe(204);
    expect((await call("POST", "/wallet/devices", device, token)).status).toBe(204);
    expect((await call("POST", "/wallet/devices", { platform: "APNS", token: "handset-2" }, token)).status).toBe(204);
    const { code } = await answered(call("POST", "/wallet/codes", { for: "app" }, token));
    exchange.pushes.length = 0;
    await answered(
      net.app.post("/bc-authorize", {
        scope: "openid",
        login_hint: String(code),
        binding_message: "A",
        authorization_details: JSON.stringify([detail]),
      }),
    );
    await exchange.settled();
    expect(exchange.pushes.map(({ platform, token }) => `${platform} ${token}`).sort()).toEqual([
      "APNS handset-2",
      "FCM handset-1",
    ]);
    const fcm = exchange.pushes.find(({ platform }) => platform === "FCM")?.payload.fcmV1Message.message.data;
    const apns = exchange.pushes.find(({ platform }) => platform === "APNS")?.payload.fpx;
    expect(Object.keys(fcm).sort()).toEqual(["exp", "id", "t", "v"]);
    expect(Object.keys(apns).sort()).toEqual(["exp", "id", "t", "v"]);
    expect(fcm.id).not.toBe(apns.id);
    expect(JSON.stringify(exchange.pushes)).not.toMatch(/immuni|June/i);
    const screen = await answered(call("GET", `/wallet/requests/${fcm.id}`, undefined, token));
    expect(screen).toMatchObject({ notice: { client: { name: "My Immunizations" } } });
    expect((await net.june.call("GET", `/wallet/requests/${fcm.id}`)).status).toBe(404);
  });
  test("N-75 a device registered by another person never again rings for the first", async () => {
    const [first, second] = [await navigator(), await navigator()];
    const device = { platform: "FCM", token: "shared-phone" };
    await answered(first.call("POST", "/wallet/devices", device, first.token));
    await answered(second.call("POST", "/wallet/devices", device, second.token));
    const { code } = await answered(first.call("POST", "/wallet/codes", { for: "app" }, first.token));
    exchange.pushes.length = 0;
    await answered(
      net.app.post("/bc-authorize", {
        scope: "openid",
        login_hint: String(code),
        binding_message: "A",
        authorization_details: JSON.stringify([detail]),
      }),
    );
    await exchange.settled();
    expect(exchange.pushes).toEqual([]);
  });
});
