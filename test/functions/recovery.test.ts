import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamodbRecords } from "../../adapters/dynamodb/records.ts";
import { OPEN, recoveryCodeParts, WAIT } from "../../core/recovery.ts";
import { rewritten } from "../../core/rewritten.ts";
import type { CeremonyOptions } from "../../protocol/wallet-ceremonies.ts";
import type { BegunRecovery } from "../../protocol/wallet-recovery.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { answered, refusal } from "../support/parties.ts";
import { SoftwarePasskey } from "../support/passkey.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
});
afterAll(() => exchange.close());
const pass = stillClock();

const seconds = () => Math.floor(Date.now() / 1000);
const madeBy = async (june: June) =>
  String(
    (await answered(june.call("POST", "/wallet/me/recovery-code", await june.confirmation("recovery_code"))))["code"],
  );
/** June, with a printed code. */
async function withCode() {
  const june = new June(exchange);
  await june.createAccount("June");
  return { june, code: await madeBy(june) };
}
/** A browser nobody is signed in at. */
const stranger = () => new June(exchange);
const ask = (code: string) => stranger().call("POST", "/wallet/recovery", { code });
const asked = async (code: string) => (await answered(ask(code))) as unknown as BegunRecovery;
const look = (recovery: string) => stranger().call("GET", `/wallet/recovery/${recovery}`);
const optionsOf = (recovery: string) => stranger().call("POST", `/wallet/recovery/${recovery}/options`);
async function recovered(recovery: string, passkey = new SoftwarePasskey(walletOrigin)) {
  const { options, challenge } = (await answered(optionsOf(recovery))) as unknown as CeremonyOptions;
  const response = passkey.register(String(options["challenge"]));
  return stranger().call("POST", `/wallet/recovery/${recovery}`, { name: "New phone", challenge, response });
}
/** As an operator does. */
async function locked(code: string) {
  const client = DynamoDBDocumentClient.from(exchange.dynamodb.client(), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const records = dynamodbRecords(client, exchange.tables.records);
  const parts = await recoveryCodeParts(code);
  const { to = "" } = (await records.names.find(parts?.pointer ?? ""))?.value ?? {};
  expect(
    await rewritten(records.people, to, (person) => person && { ...person, status: "locked" as const }),
  ).toBeDefined();
}
const meOf = async (june: June) => answered(june.call("GET", "/wallet/me"));

describe("A printed code", () => {
  test("has 160 bits, is told once, and only sealed hashes of it are kept", async () => {
    const { june, code } = await withCode();
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
    pass(3);
    expect(await meOf(june)).toMatchObject({ recovery: { codeMadeAt: expect.any(Number) } });
    expect(JSON.stringify(await meOf(june))).not.toContain(code.slice(0, 9));
  });
  test("is read without regard to case, dashes and spaces", async () => {
    const { code } = await withCode();
    expect((await ask(code.toLowerCase().replaceAll("-", " "))).status).toBe(200);
    expect((await ask(code.replaceAll("-", ""))).status).toBe(200);
  });
  test("a new one voids the one before", async () => {
    const { june, code } = await withCode();
    const { recovery } = await asked(code);
    const next = await madeBy(june);
    expect(await refusal(ask(code))).toBe("422 unprocessable");
    expect(await refusal(look(recovery))).toBe("404 not_found");
    expect((await ask(next)).status).toBe(200);
  });
  test("N-73 needs a fresh ceremony of its own", async () => {
    const { june } = await withCode();
    const send = async (body: unknown) => (await june.call("POST", "/wallet/me/recovery-code", body)).status;
    expect(await send({})).toBe(400);
    expect(await send(await june.confirmation("add_passkey"))).toBe(401);
    const once = await june.confirmation("recovery_code");
    expect([await send(once), await send(once)]).toEqual([200, 401]);
    const late = await june.confirmation("recovery_code");
    pass(300);
    expect(await send(late)).toBe(401);
  });
  test("\u201cnot now\u201d is remembered until there is one", async () => {
    const june = new June(exchange);
    await june.createAccount("June");
    expect(await answered(june.call("POST", "/wallet/me/recovery/decline"))).toMatchObject({
      recovery: { declined: true },
    });
    await madeBy(june);
    pass(3);
    expect((await meOf(june))["recovery"]).not.toHaveProperty("declined");
  });
});

describe("Asking with the code", () => {
  test("opens nothing until three days have passed, then a week long", async () => {
    const { code } = await withCode();
    const begun = await asked(code);
    expect(begun).toMatchObject({ opensAt: seconds() + WAIT, endsAt: seconds() + WAIT + OPEN });
    expect(await refusal(optionsOf(begun.recovery))).toBe("422 unprocessable");
    pass(WAIT - 1);
    expect(await refusal(optionsOf(begun.recovery))).toBe("422 unprocessable");
    pass(1);
    expect((await optionsOf(begun.recovery)).status).toBe(200);
    pass(OPEN);
    expect(await refusal(look(begun.recovery))).toBe("404 not_found");
    expect(await refusal(optionsOf(begun.recovery))).toBe("404 not_found");
  });
  test("whatever is no code in force is refused alike, and five tries an hour are enough", async () => {
    const { code } = await withCode();
    const [first = "", ...rest] = code.split("-");
    const wrong = [
      "",
      "x",
      code.slice(0, -1),
      ["0000", ...rest].join("-"),
      [first, ...rest.slice(0, -1), "0000"].join("-"),
    ];
    const answers = await Promise.all(wrong.map(async (typed) => (await ask(typed)).text()));
    expect(new Set(answers).size).toBe(1);
    // The last was a try at this very code.
    for (let tries = 2; tries <= 5; tries++) expect((await ask(code)).status).toBe(200);
    expect(await refusal(ask(code))).toBe("429 too_many_requests");
    const unknown = `${"7777".repeat(8)}`;
    for (let tries = 1; tries <= 5; tries++) expect((await ask(unknown)).status).toBe(422);
    expect(await refusal(ask(unknown))).toBe("429 too_many_requests");
    pass(3_600);
    expect((await ask(code)).status).toBe(200);
  });
  test("a second ask takes the place of the first, and waits anew", async () => {
    const { code } = await withCode();
    const first = await asked(code);
    pass(WAIT);
    const second = await asked(code);
    expect(await refusal(optionsOf(first.recovery))).toBe("404 not_found");
    expect(await refusal(optionsOf(second.recovery))).toBe("422 unprocessable");
  });
  test("UX-50 every device rings at each ask, with constant words, and leads home", async () => {
    const { june, code } = await withCode();
    for (const token of ["phone-1", "phone-2"])
      await answered(
        june.call("POST", "/wallet/devices", { platform: "FCM", token: `${token}-${crypto.randomUUID()}` }),
      );
    for (const times of [1, 2]) {
      exchange.pushes.length = 0;
      pass(60);
      await asked(code);
      await exchange.settled();
      expect(exchange.pushes, String(times)).toHaveLength(2);
    }
    const data = exchange.pushes[0]?.payload.fcmV1Message.message.data;
    expect(Object.keys(data).sort()).toEqual(["exp", "id", "t", "v"]);
    expect(data.t).toBe("n");
    expect(await answered(june.call("GET", `/wallet/notifications/${data.id}`))).toEqual({ opens: "account" });
  });
});

describe("A recovered account", () => {
  test("opens by the new passkey; sessions of before end, the code is spent, old passkeys can be removed", async () => {
    const { june, code } = await withCode();
    const { recovery } = await asked(code);
    pass(WAIT);
    await june.signIn();
    pass(60);
    const phone = new June(exchange);
    expect((await recovered(recovery, phone.passkey)).status).toBe(200);
    pass(3);
    expect((await june.call("GET", "/wallet/me")).status).toBe(401);
    expect(await refusal(look(recovery))).toBe("404 not_found");
    expect(await refusal(ask(code))).toBe("422 unprocessable");
    await phone.signIn();
    const listed = async () =>
      (await answered(phone.call("GET", "/wallet/passkeys")))["passkeys"] as { id: string; name?: string }[];
    const [lost, made] = await listed();
    expect(made).toMatchObject({ name: "New phone", thisOne: true });
    const id = lost?.id ?? "";
    const remove = await phone.confirmation("remove_passkey", id);
    await answered(phone.call("POST", `/wallet/passkeys/${id}/remove`, remove));
    expect(await listed()).toHaveLength(1);
    await expect(june.signIn()).rejects.toThrow("401");
  });
  test("whoever is signed in sees the ask and stops it in one tap, which voids the code", async () => {
    const { june, code } = await withCode();
    const { recovery, opensAt, endsAt } = await asked(code);
    pass(3);
    expect(await meOf(june)).toMatchObject({ recovery: { asked: { at: seconds() - 3, opensAt, endsAt } } });
    expect((await answered(june.call("POST", "/wallet/me/recovery/stop")))["recovery"]).toEqual({});
    expect(await refusal(look(recovery))).toBe("404 not_found");
    expect(await refusal(ask(code))).toBe("422 unprocessable");
    pass(WAIT);
    expect(await refusal(optionsOf(recovery))).toBe("404 not_found");
  });
  test("of recovering and stopping at the same time one wins, whole", async () => {
    for (let n = 0; n < 10; n++) {
      const { june, code } = await withCode();
      const { recovery } = await asked(code);
      pass(WAIT);
      await june.signIn();
      const phone = new June(exchange);
      const [done, stop] = await Promise.all([
        recovered(recovery, phone.passkey).then(
          ({ status }) => status,
          () => 404,
        ),
        june.call("POST", "/wallet/me/recovery/stop").then(({ status }) => status),
      ]);
      expect([200, 404]).toContain(done);
      expect([200, 401]).toContain(stop);
      const opens = await phone.signIn().then(
        () => true,
        () => false,
      );
      expect(opens).toBe(done === 200);
    }
  });
  test("N-73 the ceremony is of this ask, in time, once; a challenge of another opens nothing", async () => {
    const { code } = await withCode();
    const other = await withCode();
    const [mine, theirs] = [await asked(code), await asked(other.code)];
    pass(WAIT);
    const [own, foreign] = (await Promise.all(
      [mine, theirs].map(({ recovery }) => answered(optionsOf(recovery))),
    )) as unknown as [CeremonyOptions, CeremonyOptions];
    const send = async ({ options, challenge }: CeremonyOptions, at = walletOrigin) =>
      (
        await stranger().call("POST", `/wallet/recovery/${mine.recovery}`, {
          challenge,
          response: new SoftwarePasskey(at).register(String(options["challenge"])),
        })
      ).status;
    expect(await send(foreign)).toBe(401);
    const account = await answered(stranger().call("POST", "/wallet/account/options", { name: "June" }));
    expect(await send(account as unknown as CeremonyOptions)).toBe(401);
    expect(await send(own, "https://wallet.test.evil.example")).toBe(401);
    expect(await send(own)).toBe(401);
    const late = (await answered(optionsOf(mine.recovery))) as unknown as CeremonyOptions;
    pass(300);
    expect(await send(late)).toBe(401);
    expect((await recovered(mine.recovery)).status).toBe(200);
  });
  test("of a locked person nothing is recovered, and the refusals are the same", async () => {
    const { code } = await withCode();
    const { recovery } = await asked(code);
    await locked(code);
    expect(await refusal(ask(code))).toBe("422 unprocessable");
    expect(await refusal(look(recovery))).toBe("404 not_found");
  });
});
