import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SESSION_LIFE } from "../../core/sign-out.ts";
import type { Activity } from "../../protocol/wallet-activity.ts";
import type { SessionView } from "../../protocol/wallet-sessions.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { answered, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
});
afterAll(() => exchange.close());
const pass = stillClock();

const seconds = () => Math.floor(Date.now() / 1000);
/** June, signed in on two devices, the second a minute later. */
async function onTwoDevices() {
  const [laptop, phone] = [new June(exchange), new June(exchange)];
  await laptop.createAccount("June");
  await answered(laptop.add(phone.passkey, "Phone"));
  pass(60);
  await phone.signIn("Safari, iPhone");
  return { laptop, phone };
}
const sessionsOf = async (person: June) =>
  (await answered(person.call("GET", "/wallet/sessions")))["sessions"] as SessionView[];
const other = async (person: June) => (await sessionsOf(person)).find(({ thisOne }) => !thisOne)?.id ?? "";
const end = (person: June, id: string) => person.call("DELETE", `/wallet/sessions/${id}`);
const here = async (person: June) => (await person.call("GET", "/wallet/me")).status;

describe("Where a person is signed in", () => {
  test("is listed, newest first, with what each is called and which one this is", async () => {
    const { laptop, phone } = await onTwoDevices();
    const list = await sessionsOf(laptop);
    expect(list).toEqual([
      { id: expect.any(String), at: seconds(), name: "Safari, iPhone" },
      { id: expect.any(String), at: seconds() - 60, thisOne: true },
    ]);
    expect((await sessionsOf(phone)).map(({ thisOne }) => thisOne)).toEqual([true, undefined]);
  });
  test("what ended, by itself or by its person, is not there", async () => {
    const { laptop, phone } = await onTwoDevices();
    expect((await phone.call("DELETE", "/wallet/session")).status).toBe(204);
    expect(await sessionsOf(laptop)).toHaveLength(1);
    await phone.signIn();
    await laptop.call("POST", "/wallet/session/end-others");
    expect(await sessionsOf(laptop)).toHaveLength(1);
    pass(SESSION_LIFE - 60);
    await phone.signIn();
    expect(await sessionsOf(phone)).toHaveLength(1);
  });
  test("one of the others ends within seconds, rings no more, and is told in Activity", async () => {
    const { laptop, phone } = await onTwoDevices();
    const tablet = new June(exchange);
    await answered(laptop.add(tablet.passkey, "Tablet"));
    const device = { platform: "FCM", token: crypto.randomUUID(), described: "Navigator, iPhone" };
    expect((await phone.call("POST", "/wallet/devices", device)).status).toBe(204);
    const id = await other(laptop);
    await tablet.signIn();
    expect((await end(laptop, id)).status).toBe(204);
    expect((await sessionsOf(laptop)).map((one) => one.id)).not.toContain(id);
    expect(await answered(laptop.call("GET", "/wallet/devices"))).toEqual({ devices: [] });
    pass(3);
    expect([await here(laptop), await here(phone), await here(tablet)]).toEqual([200, 401, 200]);
    const { entries } = (await answered(laptop.call("GET", "/wallet/activity"))) as unknown as Activity;
    expect(entries[0]).toEqual({ at: seconds() - 3, what: "session_ended", device: "Safari, iPhone" });
    await phone.signIn();
    expect(await here(phone)).toBe(200);
  });
  test("N-71 nobody ends somebody else's, one that has ended, or by this way their own", async () => {
    const { laptop, phone } = await onTwoDevices();
    const bob = new June(exchange);
    await bob.createAccount("Bob");
    const id = await other(laptop);
    expect(await refusal(end(bob, id))).toBe("404 not_found");
    expect(await here(phone)).toBe(200);
    expect(await refusal(end(laptop, await other(phone)))).toBe("422 unprocessable");
    expect((await end(laptop, id)).status).toBe(204);
    expect(await refusal(end(laptop, id))).toBe("404 not_found");
    expect(await sessionsOf(bob)).toHaveLength(1);
  });
  test("N-43 the id that is listed opens nothing", async () => {
    const { laptop } = await onTwoDevices();
    const id = await other(laptop);
    const cookie = (
      await new June(exchange).call("GET", "/wallet/me", undefined, { cookie: `__Host-fpx-wallet=${id}` })
    ).status;
    const bearer = await new June(exchange).call("GET", "/wallet/me", undefined, { authorization: `DPoP ${id}` });
    expect([cookie, bearer.status]).toEqual([401, 401]);
  });
});
