import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, link, network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let apps: readonly Party[];
let matching: Party;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  apps = await Promise.all(["A", "B", "C", "D"].map((name) => net.client(name)));
  matching = await net.client("Matching", { fpx_number_match: true });
});
afterAll(() => exchange.close());
beforeEach(() => {
  // Noon, so that nobody's quiet hours begin by themselves.
  vi.useFakeTimers({ toFake: ["Date"], now: (Math.floor(Date.now() / 86_400_000) + 1.5) * 86_400_000 });
});
afterEach(() => {
  vi.useRealTimers();
});
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

async function named(walletName: string): Promise<June> {
  const person = new June(exchange, walletOrigin);
  await person.createAccount(walletName);
  await answered(person.call("PUT", "/wallet/me/wallet-name", { walletName }));
  await answered(
    person.call("POST", "/wallet/devices", { platform: "FCM", token: `${walletName}-token-of-the-device` }),
  );
  await link(net.provincial, await person.code("source"));
  return person;
}
const asked = async (login_hint: string, app: Party = net.app) => {
  const authorization_details = JSON.stringify([{ type: immunizations, actions: ["read"] }]);
  const form = { scope: "openid", binding_message: "K7Q 2M9", authorization_details };
  const { auth_req_id } = await answered(app.post("/bc-authorize", { ...form, login_hint }));
  await exchange.settled();
  return String(auth_req_id);
};
const approveAll = async (person: June) => {
  for (const { id } of await person.requests())
    expect((await person.approve(await person.screen(id))).status).toBe(200);
  await exchange.settled();
};
const declineAll = async (person: June, notMe = false) => {
  for (const { id } of await person.requests()) await person.decline(await person.screen(id), notMe);
  await exchange.settled();
};
const poll = (auth_req_id: string) =>
  refusal(net.app.post("/token", { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id }));

describe("UX-36 how often a person is asked uninvited", () => {
  test("one request of a Client waits at a time; the second is silence to its end", async () => {
    const person = await named("one.at.a.time");
    await asked("one.at.a.time");
    const second = await asked("one.at.a.time");
    expect(await person.requests()).toHaveLength(1);
    await asked("one.at.a.time", net.otherApp);
    expect(await person.requests()).toHaveLength(2);
    await declineAll(person);
    expect(await poll(second)).toBe("400 authorization_pending");
    later(60);
    await asked("one.at.a.time");
    expect(await person.requests()).toHaveLength(1);
    later(840);
    expect(await poll(second)).toBe("400 expired_token");
    later(1);
    await asked("one.at.a.time");
    expect((await person.requests()).length).toBe(1);
  });
  test("three times an hour and ten times a day by one Client; a code is an invitation", async () => {
    const person = await named("often.asked");
    const counts: number[] = [];
    for (const asks of [4, 3, 3, 2, 1]) {
      let reached = 0;
      for (let n = 0; n < asks; n++) {
        await asked("often.asked");
        reached += (await person.requests()).length;
        await approveAll(person);
        later(300);
      }
      counts.push(reached);
      later(3_600 - asks * 300);
    }
    expect(counts).toEqual([3, 3, 3, 1, 0]);
    await asked(await person.code("app"));
    expect(await person.requests()).toHaveLength(1);
  });
  test("any hour is an hour: a window has no edge to wait for", async () => {
    const person = await named("sliding");
    const reached: number[] = [];
    for (const pause of [0, 600, 600, 600, 1_799, 1, 60, 540]) {
      later(pause);
      await asked("sliding");
      reached.push((await person.requests()).length);
      await approveAll(person);
    }
    expect(reached).toEqual([1, 1, 1, 0, 0, 1, 0, 1]);
  });
  test("one that was invited waits like another: beside it nobody of the same Client comes uninvited", async () => {
    const person = await named("invited.first");
    await asked(await person.code("app"));
    await asked("invited.first");
    expect(await person.requests()).toHaveLength(1);
    await asked(await person.code("app"));
    expect(await person.requests()).toHaveLength(2);
  });
  test("N-55 30 requests a minute from several Clients are at most 5 pushes, and look the same to each", async () => {
    const person = await named("much.wanted");
    exchange.pushes.length = 0;
    const answers = [];
    for (let n = 0; n < 20; n++) answers.push(await asked("much.wanted", apps[n % apps.length]));
    expect(exchange.pushes.length).toBeLessThanOrEqual(5);
    expect(new Set(answers.map(({ length }) => length)).size).toBe(1);
    await declineAll(person);
    await asked("much.wanted", net.app);
    await asked("much.wanted", net.otherApp);
    expect(await person.requests()).toHaveLength(1);
    await asked(await person.code("app"), net.app);
    expect(await person.requests()).toHaveLength(2);
    later(60);
    await asked("much.wanted", net.otherApp);
    expect(await person.requests()).toHaveLength(3);
  });
  test("three declines of one Client keep it out for a day, by name; a code lets it in, others may ask, and a yes forgives", async () => {
    const person = await named("declining");
    const again = async () => {
      await asked("declining");
      return (await person.requests()).length;
    };
    for (let n = 0; n < 2; n++) {
      expect(await again()).toBe(1);
      await declineAll(person);
      later(3_600);
    }
    expect(await again()).toBe(1);
    await approveAll(person);
    for (let n = 0; n < 3; n++) {
      later(3_600);
      expect(await again()).toBe(1);
      await declineAll(person);
    }
    later(3_600);
    const silent = await asked("declining");
    expect(await person.requests()).toEqual([]);
    expect(await poll(silent)).toBe("400 authorization_pending");
    await asked("declining", net.otherApp);
    expect(await person.requests()).toHaveLength(1);
    await asked(await person.code("app"));
    expect(await person.requests()).toHaveLength(2);
    later(86_400 - 3_601);
    await person.signIn();
    expect(await again()).toBe(0);
    later(1);
    expect(await again()).toBe(1);
  });
  test("N-79 UX-36 what ended by wrong numbers counts as declined; what nobody answered does not", async () => {
    const person = await named("unanswered");
    const { handler: due } = await import("../../functions/due.ts");
    for (let n = 0; n < 4; n++) {
      await asked("unanswered", matching);
      expect(await person.requests()).toHaveLength(1);
      later(3_600);
      await due();
      await exchange.settled();
    }
    for (let n = 0; n < 3; n++) {
      const form = { scope: "openid immunization-history.read", login_hint: "unanswered" };
      const { number } = await answered(matching.post("/bc-authorize", form));
      const { id } = await person.waiting();
      for (let miss = 0; miss < 3; miss++)
        await person.approve(await person.screen(id), { number: number === "10" ? "99" : "10" });
      await exchange.settled();
      later(3_600);
    }
    await asked("unanswered", matching);
    expect(await person.requests()).toEqual([]);
  });
});

describe("UX-36 quiet hours", () => {
  test("uninvited requests wait in the inbox and ring nowhere; one the person started rings", async () => {
    const person = await named("at.night");
    const quietHours = { from: "11:00", to: "13:00", timeZone: "Etc/UTC" };
    expect(await answered(person.call("PUT", "/wallet/me/quiet-hours", { quietHours }))).toMatchObject({ quietHours });
    later(3);
    exchange.pushes.length = 0;
    await asked("at.night");
    expect(await person.requests()).toHaveLength(1);
    expect(exchange.pushes).toEqual([]);
    await asked(await person.code("app"), net.otherApp);
    expect(exchange.pushes).toHaveLength(1);
    later(3_600);
    await asked("at.night", apps[0]);
    expect(exchange.pushes).toHaveLength(2);
    expect(await answered(person.call("GET", "/wallet/me"))).toMatchObject({ quietHours });
    const off = await answered(person.call("PUT", "/wallet/me/quiet-hours", { quietHours: null }));
    expect(off).not.toHaveProperty("quietHours");
  });
  test("times and zones that are none are refused", async () => {
    const person = await named("no.zone");
    const set = (from: string, to: string, timeZone = "Etc/UTC") =>
      refusal(person.call("PUT", "/wallet/me/quiet-hours", { quietHours: { from, to, timeZone } }));
    for (const wrong of [
      ["24:00", "07:00"],
      ["7:00", "08:00"],
      ["07:00", "07:00"],
      ["07:00", "08:00", "Mars/Olympus"],
    ])
      expect(await set(...(wrong as [string, string, string]))).toBe("400 invalid_request");
  });
});
