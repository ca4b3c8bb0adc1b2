import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamodbRecords } from "../../adapters/dynamodb/records.ts";
import { backchannel } from "../support/backchannel.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
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

const later = stillClock();
const { ask, asked, poll } = backchannel(() => net);

describe("Silence", () => {
  test("N-54 unknown, without a device, blocked: the same answers all the way", async () => {
    const silent = new June(exchange, walletOrigin);
    await silent.createAccount("Silent");
    const hints = [await silent.code("app"), "AAAA-AAAA", "no.such.name", await net.june.code("source")];
    const answers = [];
    for (const login_hint of hints) {
      const started = await ask({ login_hint });
      const body = (await started.clone().json()) as Record<string, unknown>;
      await exchange.settled();
      const first = await refusal(poll(String(body["auth_req_id"])));
      later(900);
      const last = await refusal(poll(String(body["auth_req_id"])));
      later(-900);
      answers.push({
        status: started.status,
        length: String(body["auth_req_id"]).length,
        members: Object.keys(body),
        first,
        last,
      });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveLength(1);
    expect(answers[0]).toMatchObject({ status: 200, first: "400 authorization_pending", last: "400 expired_token" });
  });
  test("UX-10 I did not start this: silence, and a day of it from this Client", async () => {
    const june = new June(exchange, walletOrigin);
    await june.createAccount("June");
    await answered(june.call("PUT", "/wallet/me/wallet-name", { walletName: "june.smith" }));
    const handle = await asked("june.smith");
    expect((await june.decline(await june.waiting(), true)).status).toBe(204);
    expect(await refusal(poll(handle))).toBe("400 authorization_pending");
    await exchange.settled();
    const again = await asked("june.smith");
    await exchange.settled();
    expect(await june.requests()).toEqual([]);
    expect(await refusal(poll(again))).toBe("400 authorization_pending");
    later(900);
    expect(await refusal(poll(handle))).toBe("400 expired_token");
    later(86_400);
    await june.signIn();
    await asked("june.smith");
    await june.decline(await june.waiting());
    await answered(june.call("PUT", "/wallet/me/wallet-name", { walletName: null }));
    await asked("june.smith");
    await exchange.settled();
    expect(await june.requests()).toEqual([]);
  });
  test("N-55 the limit per Client and hint answers 429 with Retry-After, for unknown hints alike", async () => {
    for (const hint of ["nobody.at.all", "BBBB-BBBB"]) {
      const answers = [];
      for (let n = 0; n < 6; n++) answers.push((await ask({ login_hint: hint })).status);
      expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
      expect(Number((await ask({ login_hint: hint })).headers.get("retry-after"))).toBeGreaterThan(0);
    }
  });
  test("a one-time code asks once", async () => {
    const code = await net.june.code("app");
    await asked(code);
    const screen = await net.june.waiting();
    await net.june.decline(screen);
    await asked(code.toLowerCase().replace("-", ""));
    await exchange.settled();
    expect(await net.june.requests()).toEqual([]);
  });
});

describe("Every step looks again", () => {
  test("N-48 locked between approval and redemption: access_denied, nothing issued", async () => {
    const bob = new June(exchange, walletOrigin);
    await bob.createAccount("Bob");
    const records = dynamodbRecords(
      DynamoDBDocumentClient.from(exchange.dynamodb.client(), { marshallOptions: { removeUndefinedValues: true } }),
      exchange.tables.records,
    );
    for (const source of [net.provincial])
      await import("../support/network.ts").then(({ link }) => bob.code("source").then((code) => link(source, code)));
    const handle = await asked(await bob.code("app"));
    const screen = await bob.waiting();
    expect((await bob.approve(screen)).status).toBe(200);
    const personId = (await records.consents.find(screen.id))?.value.personId ?? "";
    const person = await records.people.find(personId);
    if (person === undefined) throw new Error("no person");
    await records.people.replace(personId, person, { ...person.value, status: "locked" });
    later(3);
    expect(await refusal(poll(handle))).toBe("400 access_denied");
    expect((await records.consents.find(screen.id))?.value.refreshTokens).toEqual([]);
    expect((await bob.call("GET", "/wallet/me")).status).toBe(401);
    const silent = await asked("bob");
    expect(await refusal(poll(silent))).toBe("400 authorization_pending");
  });
  test("N-30 after the consent's end nothing refreshes", async () => {
    const handle = await asked(await net.june.code("app"));
    const screen = await net.june.waiting();
    await net.june.approve(screen, { endsAt: screen.notice.durations[0]?.endsAt ?? 0 });
    const { refresh_token, access_token } = await answered(poll(handle));
    expect(await answered(net.provincial.post("/introspect", { token: String(access_token) }))).toMatchObject({
      active: true,
    });
    later(86_400);
    expect(
      await refusal(net.app.post("/token", { grant_type: "refresh_token", refresh_token: String(refresh_token) })),
    ).toBe("400 invalid_grant");
    expect(await answered(net.provincial.post("/introspect", { token: String(access_token) }))).toEqual({
      active: false,
    });
    await (await import("../../functions/due.ts")).handler();
    await net.june.signIn();
    expect(await answered(net.june.call("GET", `/wallet/consents/${screen.id}`))).toMatchObject({
      state: "ended",
      endedBy: "expired",
    });
  });
  test("an approval never collected lapses after a day", async () => {
    await net.june.signIn();
    await asked(await net.june.code("app"));
    const screen = await net.june.waiting();
    await net.june.approve(screen);
    later(86_400);
    await (await import("../../functions/due.ts")).handler();
    await net.june.signIn();
    expect(await answered(net.june.call("GET", `/wallet/consents/${screen.id}`))).toMatchObject({
      state: "ended",
      endedBy: "lapsed",
    });
  });
});
