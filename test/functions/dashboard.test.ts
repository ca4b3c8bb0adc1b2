import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamodbRecords } from "../../adapters/dynamodb/records.ts";
import { memoryRecords } from "../../adapters/memory/records.ts";
import type { Consent } from "../../core/consent.ts";
import type { Finder } from "../../core/store.ts";
import type { ConsentView } from "../../protocol/wallet.ts";
import type { ConsentPage } from "../../protocol/wallet-life.ts";
import { type changing, changing as network } from "../support/changes.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { answered } from "../support/parties.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof changing>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange, {
    client_uri: "https://manager.test",
    policy_uri: "https://manager.test/privacy",
    contacts: ["https://manager.test/help", "privacy@manager.test"],
  });
});
afterAll(() => exchange.close());
const later = stillClock();

const records = () =>
  dynamodbRecords(
    DynamoDBDocumentClient.from(exchange.dynamodb.client(), { marshallOptions: { removeUndefinedValues: true } }),
    exchange.tables.records,
  );
const page = async (query: Record<string, string> = {}, who = net.june) =>
  (await answered(who.call("GET", `/wallet/consents?${new URLSearchParams(query)}`))) as unknown as ConsentPage;
async function all(of: Record<string, string> = {}) {
  const pages = [await page(of)];
  for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next)
    pages.push(await page({ ...of, after: next }));
  return pages;
}

describe("UX-13 the dashboard", () => {
  test("UX-13 200 consents come in pages of 50, each once, newest first; those that stand are found among them by themselves", {
    timeout: 60_000,
  }, async () => {
    const { consentId } = await net.granted();
    const granted = (await records().consents.find(consentId))?.value as Consent;
    const states = ["active", "paused", "ended", "declined"] as const;
    for (let n = 0; n < 199; n++) {
      const state = n < 30 ? (states[n % 2] ?? "active") : (states[2 + (n % 2)] ?? "ended");
      const createdAt = granted.createdAt - 199 + n;
      const over = state === "ended" || state === "declined";
      const made = {
        ...granted,
        state,
        createdAt,
        ...(over && { endedAt: createdAt + 1, endedBy: "withdrawn" as const }),
      };
      await records().consents.insert(`${consentId.slice(0, -3)}${String(n).padStart(3, "0")}`, made);
    }
    const pages = await all();
    expect(pages.map(({ consents }) => consents.length)).toEqual([50, 50, 50, 50]);
    const views = pages.flatMap(({ consents }) => consents);
    expect(new Set(views.map(({ id }) => id)).size).toBe(200);
    expect(views.map(({ createdAt }) => createdAt)).toEqual(
      views.map(({ createdAt }) => createdAt).sort((a, b) => b - a),
    );

    // The oldest thirty stand, and the one that was granted.
    const standing = await all({ of: "now" });
    expect(standing.map(({ consents }) => consents.length)).toEqual([31]);
    expect(standing[0]?.consents.every(({ state }) => state === "active" || state === "paused")).toBe(true);
    const before = await all({ of: "before" });
    expect(before.map(({ consents }) => consents.length)).toEqual([50, 50, 50, 19]);
  });

  test("N-71 a page goes on in one's own list alone; what is no page is the beginning or refused", async () => {
    const { next = "" } = await page();
    const bob = new June(exchange, walletOrigin);
    await bob.createAccount("Bob");
    expect(await page({ after: next }, bob)).toEqual({ consents: [] });
    const first = (await page()).consents.map(({ id }) => id);
    for (const after of ["", "x", "consent#1", "link#1 LINK#a LINK", "consent# consent#x' CONSENT"])
      expect((await page({ after })).consents.map(({ id }) => id)).toEqual(first);
    for (const wrong of ["of=all", "of=now&of=before", `after=${"x".repeat(201)}`])
      expect((await net.june.call("GET", `/wallet/consents?${wrong}`)).status).toBe(400);
  });

  test("UX-14, UX-15 one consent by itself has its history, newest first, and where to ask its app for more", async () => {
    const { consentId } = await net.granted();
    for (const [step, seconds] of [
      ["pause", 60],
      ["resume", 120],
    ] as const) {
      later(seconds);
      await answered(net.june.call("POST", `/wallet/consents/${consentId}/${step}`));
    }
    const view = (await net.consent(consentId)) as unknown as ConsentView;
    expect(view.history?.map(({ what }) => what)).toEqual(["resumed", "paused", "fetched", "approved", "asked"]);
    expect(view.contact).toEqual({
      uri: "https://manager.test",
      policyUri: "https://manager.test/privacy",
      email: "privacy@manager.test",
    });
    const listed = (await page({ of: "now" })).consents.find(({ id }) => id === consentId);
    expect(listed).not.toHaveProperty("history");
    expect(await net.june.withdraw(consentId)).toMatchObject({
      contact: view.contact,
      history: [{ what: "withdrawn" }, {}, {}, {}, {}, {}],
    });
  });
});

describe("UX-13 pages of an index", () => {
  const opened: Record<string, () => { find: Finder; insert: (id: string, value: Consent) => Promise<unknown> }> = {
    dynalite: () => ({ find: records().find, insert: records().consents.insert }),
    memory: () => {
      const kept = memoryRecords();
      return { find: kept.find, insert: kept.consents.insert };
    },
  };
  test.each(Object.keys(opened))(
    "UX-13 %s: a full last page has nothing after it, of equal times none is lost",
    async (name) => {
      const { find, insert } = opened[name]?.() ?? { find: records().find, insert: records().consents.insert };
      const made = (state: string) =>
        ({
          state,
          personId: `person-${name}`,
          clientId: "c",
          createdAt: 1,
          endsAt: 9,
          collectedAt: 1,
          terms: { details: [] },
        }) as unknown as Consent;
      for (let n = 0; n < 150; n++) await insert(`${name}${n}`, made(n % 3 === 0 ? "ended" : "active"));
      const wanted = { states: ["active"] };
      const first = await find.pageOfPerson(`person-${name}`, "consent", wanted);
      const second = await find.pageOfPerson(`person-${name}`, "consent", { ...wanted, after: first.next });
      expect(new Set([...first.ids, ...second.ids]).size).toBe(100);
      expect(second).not.toHaveProperty("next");
      expect(await find.pageOfPerson("nobody", "consent", wanted)).toEqual({ ids: [] });
    },
  );
});
