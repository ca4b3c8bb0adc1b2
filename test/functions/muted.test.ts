import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MutedApp } from "../../protocol/wallet-asks.ts";
import { backchannel } from "../support/backchannel.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { answered } from "../support/parties.ts";
import { June } from "../support/person.ts";

/** A person sees whom they muted, and lets them ask again. */
let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());
const later = stillClock();
const { asked } = backchannel(() => net);

async function person(walletName: string): Promise<June> {
  const june = new June(exchange);
  await june.createAccount("June");
  await answered(june.call("PUT", "/wallet/me/wallet-name", { walletName }));
  return june;
}
const mutedOf = async (who: June) =>
  (await answered(who.call("GET", "/wallet/muted")))["muted"] as unknown as readonly MutedApp[];
const notMe = async (who: June) => {
  await asked(await who.code("app"));
  const screen = await who.waiting();
  await who.decline(screen, true);
  await exchange.settled();
  return screen;
};
const lift = (who: June, id = net.app.clientId) => who.call("DELETE", `/wallet/muted/${id}`);

describe("UX-10 who said “I did not start this” sees it, and can take it back", () => {
  test("the block is told with its end, also at the consent; lifted, the next request with a code arrives", async () => {
    const june = await person("muted.lifted");
    expect(await mutedOf(june)).toEqual([]);
    const screen = await notMe(june);
    const [muted] = await mutedOf(june);
    expect(muted).toMatchObject({ id: net.app.clientId, client: "My Immunizations", because: "not_me" });
    expect(await answered(june.call("GET", `/wallet/consents/${screen.id}`))).toMatchObject({ muted });
    expect((muted?.until ?? 0) - Math.floor(Date.now() / 1_000)).toBe(86_400);
    await asked(await june.code("app"));
    await exchange.settled();
    expect(await june.requests()).toEqual([]);

    expect((await lift(june)).status).toBe(204);
    expect((await lift(june)).status).toBe(204);
    expect(await mutedOf(june)).toEqual([]);
    expect(await answered(june.call("GET", `/wallet/consents/${screen.id}`))).not.toHaveProperty("muted");
    later(60);
    await asked(await june.code("app"));
    const waiting = await june.waiting();
    await june.decline(waiting, true);
    await exchange.settled();
    expect(await mutedOf(june)).toMatchObject([{ because: "not_me" }]);
  });
  test("the block ends by itself after a day, and is nobody else's to see or to lift", async () => {
    const [june, bob] = [await person("muted.june"), await person("muted.bob")];
    await notMe(june);
    expect(await mutedOf(bob)).toEqual([]);
    expect((await lift(bob)).status).toBe(204);
    expect(await mutedOf(june)).toHaveLength(1);
    later(86_400);
    await june.signIn();
    expect(await mutedOf(june)).toEqual([]);
  });
  test("lifted, it stays lifted when the stream tells of the same answer again", async () => {
    const { isBlocked, unmuted } = await import("../../core/muted.ts");
    const block = { clientId: "client_a", until: 100 };
    const before = { blocked: [block], declines: [] } as unknown as Parameters<typeof unmuted>[0];
    const after = unmuted(before, "client_a", 50);
    expect(after?.blocked).toEqual([{ ...block, lifted: true }]);
    expect(after && isBlocked(after, "client_a", 50)).toBe(false);
    expect(after && unmuted(after, "client_a", 50)).toBeUndefined();
    expect(unmuted(before, "client_b", 50)).toBeUndefined();
  });
});

test("UX-36 three declines are told of as what they are, and lifted the same way: it may ask by name again", async () => {
  const june = await person("muted.declines");
  for (let n = 0; n < 3; n++) {
    await asked("muted.declines");
    await june.decline(await june.waiting());
    await exchange.settled();
  }
  expect(await mutedOf(june)).toMatchObject([{ id: net.app.clientId, because: "declines" }]);
  later(3_601);
  await asked("muted.declines");
  await exchange.settled();
  expect(await june.requests()).toEqual([]);
  expect((await lift(june)).status).toBe(204);
  expect(await mutedOf(june)).toEqual([]);
  await asked("muted.declines");
  await exchange.settled();
  expect(await june.requests()).toHaveLength(1);
});
