import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let apps: readonly Party[];
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  apps = await Promise.all(["A", "B", "C", "D"].map((name) => net.client(name)));
});
afterAll(() => exchange.close());
// The windows begin on full days here.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: (Math.floor(Date.now() / 86_400_000) + 1) * 86_400_000 });
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
  return person;
}
const asked = async (login_hint: string, app: Party = net.app) => {
  const authorization_details = JSON.stringify([{ type: immunizations, actions: ["read"] }]);
  const form = { scope: "openid", binding_message: "K7Q 2M9", authorization_details };
  const { auth_req_id } = await answered(app.post("/bc-authorize", { ...form, login_hint }));
  await exchange.settled();
  return String(auth_req_id);
};
const declineAll = async (person: June) => {
  for (const { id } of await person.requests()) await person.decline(await person.screen(id));
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
    for (let hour = 0; hour < 5; hour++) {
      let reached = 0;
      for (let n = 0; n < 4; n++) {
        await asked("often.asked");
        reached += (await person.requests()).length;
        await declineAll(person);
        later(300);
      }
      counts.push(reached);
      later(2_400);
    }
    expect(counts).toEqual([3, 3, 3, 1, 0]);
    await asked(await person.code("app"));
    expect(await person.requests()).toHaveLength(1);
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
    later(60);
    await asked("much.wanted", net.otherApp);
    expect(await person.requests()).toHaveLength(2);
  });
});
