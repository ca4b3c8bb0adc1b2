import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeviceView } from "../../protocol/wallet-devices.ts";
import { runningClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { answered, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());
const pass = runningClock();

/** June on a laptop and on a phone, each with a passkey and a session of its own, and both ring. */
async function onTwoDevices() {
  const [laptop, phone] = [new June(exchange), new June(exchange)];
  await laptop.createAccount("June");
  await answered(laptop.add(phone.passkey, "Phone"));
  await phone.signIn();
  const token = crypto.randomUUID();
  await rings(laptop, `laptop-${token}`);
  await rings(phone, `phone-${token}`, { described: "Navigator, Android" });
  return { laptop, phone, token };
}
const rings = async (person: June, token: string, more: object = {}) =>
  expect((await person.call("POST", "/wallet/devices", { platform: "FCM", token, ...more })).status).toBe(204);
const devicesOf = async (person: June) =>
  (await answered(person.call("GET", "/wallet/devices")))["devices"] as DeviceView[];
const named = async (person: June, name: string | undefined) => {
  const found = (await devicesOf(person)).find((device) => device.name === name);
  if (found === undefined) throw new Error(`no device ${name}`);
  return found;
};
/** The tokens that rang when an app asked this person. */
async function rung(person: June): Promise<readonly string[]> {
  const login_hint = await person.code("app");
  exchange.pushes.length = 0;
  await answered(
    net.app.post("/bc-authorize", { scope: "openid immunization-history.read", login_hint, binding_message: "A" }),
  );
  await exchange.settled();
  return exchange.pushes.map(({ token }) => token.replace(/-.*/, "")).sort();
}

describe("Devices that ring", () => {
  test("UX-55 are listed by what a person knows them by, and no token is told", async () => {
    const { laptop, phone, token } = await onTwoDevices();
    const list = await devicesOf(phone);
    expect(list).toHaveLength(2);
    expect(JSON.stringify(list)).not.toContain(token);
    expect(await named(phone, "Navigator, Android")).toMatchObject({ platform: "FCM", thisOne: true });
    expect(await named(phone, undefined)).not.toHaveProperty("thisOne");
    expect(await named(laptop, undefined)).toMatchObject({ thisOne: true });
  });
  test("keep their name and their beginning from one start to the next", async () => {
    const { phone, token } = await onTwoDevices();
    const { id, addedAt } = await named(phone, "Navigator, Android");
    expect((await phone.call("PUT", `/wallet/devices/${id}`, { name: "My pocket" })).status).toBe(204);
    pass(3_600);
    await rings(phone, `phone-${token}`, { described: "Navigator, Android" });
    const again = await named(phone, "My pocket");
    expect(again).toMatchObject({ id, addedAt });
    expect(again.seenAt).toBeGreaterThan(addedAt);
  });
  test("say when they last rang, and how that went", async () => {
    const { phone } = await onTwoDevices();
    expect(await named(phone, "Navigator, Android")).not.toHaveProperty("rang");
    expect(await rung(phone)).toEqual(["laptop", "phone"]);
    expect(await named(phone, "Navigator, Android")).toMatchObject({ rang: { result: "delivered" } });
  });
  test("N-75 UX-58 whose token is registered by another person lose their name with it", async () => {
    const { phone, token } = await onTwoDevices();
    const { id } = await named(phone, "Navigator, Android");
    await answered(phone.call("PUT", `/wallet/devices/${id}`, { name: "June's own" }));
    await rings(net.june, `phone-${token}`);
    expect(await devicesOf(phone)).toHaveLength(1);
    expect(JSON.stringify(await devicesOf(net.june))).not.toContain("June's own");
    for (const [method, body] of [
      ["PUT", { name: "Mine" }],
      ["DELETE", undefined],
    ] as const)
      expect(await refusal(phone.call(method, `/wallet/devices/${id}`, body))).toBe("404 not_found");
  });
});

describe("Removing a device from afar", () => {
  test("it rings no more and is signed out within seconds; it comes back when its person signs in there", async () => {
    const { laptop, phone, token } = await onTwoDevices();
    const { id } = await named(laptop, "Navigator, Android");
    expect((await laptop.call("DELETE", `/wallet/devices/${id}`)).status).toBe(204);
    expect(await rung(laptop)).toEqual(["laptop"]);
    pass(3);
    expect((await phone.call("POST", "/wallet/devices", { platform: "FCM", token: `phone-${token}` })).status).toBe(
      401,
    );
    expect((await laptop.call("GET", "/wallet/me")).status).toBe(200);
    await phone.signIn();
    await rings(phone, `phone-${token}`);
    expect(await devicesOf(laptop)).toHaveLength(2);
  });
  test("one's own only stops ringing", async () => {
    const { phone } = await onTwoDevices();
    const { id } = await named(phone, "Navigator, Android");
    expect((await phone.call("DELETE", `/wallet/devices/${id}`)).status).toBe(204);
    pass(3);
    expect(await rung(phone)).toEqual(["laptop"]);
  });
  test("signing out leaves nothing that rings", async () => {
    const { laptop, phone } = await onTwoDevices();
    expect((await phone.call("DELETE", "/wallet/session")).status).toBe(204);
    expect(await rung(laptop)).toEqual(["laptop"]);
  });
});
