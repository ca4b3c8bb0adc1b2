import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamodbRecords } from "../../adapters/dynamodb/records.ts";
import type { ConsentView, Me } from "../../protocol/wallet.ts";
import type { ActivityEntry } from "../../protocol/wallet-activity.ts";
import { changing } from "../support/changes.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations } from "../support/network.ts";
import { answered, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof changing>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await changing(exchange);
  await answered(net.june.call("POST", "/wallet/devices", { platform: "FCM", token: "phone-of-june" }));
});
afterAll(() => exchange.close());
const later = stillClock();

const DAY = 86_400;
const now = () => Math.floor(Date.now() / 1_000);
const records = () =>
  dynamodbRecords(
    DynamoDBDocumentClient.from(exchange.dynamodb.client(), { marshallOptions: { removeUndefinedValues: true } }),
    exchange.tables.records,
  );
const look = async () => {
  const { handler } = await import("../../functions/due.ts");
  await handler();
  await exchange.settled();
};
/** Moves to this moment; a session lasts no such time. */
const goTo = async (at: number) => {
  later(at - now());
  await net.june.signIn();
};
const view = async (id: string) => (await net.consent(id)) as unknown as ConsentView;
const step = (id: string, name: string) => net.june.call("POST", `/wallet/consents/${id}/${name}`);
const setting = async (reminders: unknown) => net.june.call("PUT", "/wallet/me/reminders", { reminders });

async function shared(duration: string): Promise<ConsentView> {
  await net.june.signIn();
  const details = [{ type: immunizations, actions: ["read"], duration }];
  const { auth_req_id } = await answered(net.ask({ scope: "openid", authorization_details: JSON.stringify(details) }));
  const screen = await net.june.waiting();
  await answered(net.june.approve(screen));
  await answered(net.redeem(auth_req_id));
  await exchange.settled();
  exchange.pushes.length = 0;
  return view(screen.id);
}
/** What rang about a consent; the stream of a test has no filters, and clears once more what rang long ago. */
const rung = () =>
  exchange.pushes.map(({ payload }) => JSON.stringify(payload)).filter((push) => /"t\W+n\W/.test(push));

describe("UX-17 reminders by the clock", () => {
  test("UX-17 14 days and 1 day before the end, each once: a card, and every device rings with nothing but a hint", async () => {
    const { id, endsAt = 0, decidedAt = 0 } = await shared("P30D");
    expect(decidedAt).toBe(now());
    for (const [ahead, before] of [
      [14, undefined],
      [1, { at: endsAt - 14 * DAY, about: "end" }],
    ] as const) {
      await goTo(endsAt - ahead * DAY - 1);
      await look();
      expect((await view(id)).reminder).toEqual(before);
      exchange.pushes.length = 0;
      await goTo(endsAt - ahead * DAY);
      await Promise.all([look(), look(), look()]);
      await look();
      expect((await view(id)).reminder).toEqual({ at: now(), about: "end" });
      expect(rung()).toHaveLength(1);
      expect(rung()[0]).not.toMatch(/Manager|immuni|consent|remind/i);
    }
    const { entries } = await answered(net.june.call("GET", "/wallet/activity"));
    const reminded = (entries as ActivityEntry[]).filter(({ what }) => what === "reminded");
    expect(reminded.map(({ at, consent }) => [at, consent])).toEqual([
      [endsAt - DAY, id],
      [endsAt - 14 * DAY, id],
    ]);
    expect(exchange.failures).toEqual([]);
    await net.june.withdraw(id);
    expect(await view(id)).not.toHaveProperty("reminder");
  });

  test("UX-17 every 90 days while it lasts; “still fine” takes the card away and counts from there", async () => {
    const { id, decidedAt = 0 } = await shared("P1Y");
    await goTo(decidedAt + 90 * DAY);
    await look();
    expect((await view(id)).reminder).toEqual({ at: now(), about: "still" });
    expect(rung()).toHaveLength(1);
    later(3_600);
    const kept = await answered(step(id, "keep"));
    expect(kept).not.toHaveProperty("reminder");
    expect((await view(id)).history?.slice(0, 2).map(({ what }) => what)).toEqual(["kept", "reminded"]);
    const { revision } = (await records().consents.find(id)) ?? { revision: 0 };
    await answered(step(id, "keep"));
    expect((await records().consents.find(id))?.revision).toBe(revision);

    const next = now() + 90 * DAY;
    await goTo(next - 1);
    await look();
    expect(await view(id)).not.toHaveProperty("reminder");
    await goTo(next);
    await look();
    expect((await view(id)).reminder).toEqual({ at: now(), about: "still" });

    // Any other step of hers is an answer as well.
    const endsAt = now() + 30 * DAY;
    expect(await answered(net.june.call("POST", `/wallet/consents/${id}/shorten`, { endsAt }))).not.toHaveProperty(
      "reminder",
    );
    await goTo(endsAt - 14 * DAY);
    await look();
    expect((await view(id)).reminder).toEqual({ at: now(), about: "end" });
    expect(await answered(step(id, "pause"))).not.toHaveProperty("reminder");
    await net.june.withdraw(id);
    expect(await refusal(step(id, "keep"))).toBe("409 conflict");
  });

  test("UX-17, UX-36 in quiet hours it waits until they are over, card and all", async () => {
    const { id, endsAt = 0 } = await shared("P7D");
    const clock = (at: number) => new Date(at * 1_000).toISOString().slice(11, 16);
    const due = endsAt - DAY;
    await goTo(due);
    const quietHours = { from: clock(due - 3_600), to: clock(due + 7_200), timeZone: "UTC" };
    await answered(net.june.call("PUT", "/wallet/me/quiet-hours", { quietHours }));
    later(3);
    for (let minute = 0; minute < 3; minute++) await look();
    expect(await view(id)).not.toHaveProperty("reminder");
    expect(rung()).toEqual([]);
    expect(await records().find.due(now())).not.toContain(id);
    later(7_200);
    await look();
    expect((await view(id)).reminder).toEqual({ at: now(), about: "end" });
    expect(rung()).toHaveLength(1);
    await answered(net.june.call("PUT", "/wallet/me/quiet-hours", { quietHours: null }));
    await net.june.withdraw(id);
  });

  test("UX-17 whoever wants none gets none, and from when they are switched on again the next", async () => {
    const { id, decidedAt = 0, endsAt = 0 } = await shared("P1Y");
    expect((await answered(setting(false))) as unknown as Me).toMatchObject({ noReminders: true });
    await goTo(decidedAt + 90 * DAY);
    later(3);
    await look();
    expect(await view(id)).not.toHaveProperty("reminder");
    expect(rung()).toEqual([]);
    expect(await records().find.due(now())).not.toContain(id);
    expect(await answered(setting(true))).not.toHaveProperty("noReminders");
    await goTo(endsAt - 14 * DAY);
    later(3);
    await look();
    expect((await view(id)).reminder).toMatchObject({ about: "end" });
    for (const wrong of [null, "on", 1]) expect((await setting(wrong)).status).toBe(400);
    await net.june.withdraw(id);
  });

  test("Grant Management §5.2 a change that waits comes first; the card makes way for it, and comes when it is turned down", async () => {
    const { id, decidedAt = 0 } = await shared("P1Y");
    await goTo(decidedAt + 90 * DAY);
    await look();
    const { grant_id, consentId } = await net.granted({
      authorization_details: JSON.stringify([{ type: immunizations, actions: ["read"], duration: "P1Y" }]),
      scope: "openid",
    });
    await goTo(now() + 90 * DAY);
    const { screen } = await net.asked(grant_id, "merge", { scope: "openid document.view" });
    await look();
    expect(await view(consentId)).not.toHaveProperty("reminder");
    await net.june.decline(screen);
    await look();
    expect((await view(consentId)).reminder).toMatchObject({ about: "still" });
    const again = await net.asked(grant_id, "merge", { scope: "openid document.view" });
    expect(await view(consentId)).not.toHaveProperty("reminder");
    await answered(net.june.approve(again.screen));
    await look();
    expect(await view(consentId)).not.toHaveProperty("reminder");
    for (const one of [id, consentId]) await net.june.withdraw(one);
  });

  test("N-71 another person's card is not answered, nor one that is none", async () => {
    const { id } = await shared("P30D");
    const bob = new June(exchange, walletOrigin);
    await bob.createAccount("Bob");
    expect(await refusal(bob.call("POST", `/wallet/consents/${id}/keep`))).toBe("404 not_found");
    expect((await step(id, "keep")).status).toBe(200);
    await net.june.withdraw(id);
  });
});
