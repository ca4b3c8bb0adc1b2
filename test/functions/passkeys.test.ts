import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamodbRecords } from "../../adapters/dynamodb/records.ts";
import type { CeremonyOptions, ConfirmedAct } from "../../protocol/wallet-ceremonies.ts";
import type { PasskeyView } from "../../protocol/wallet-passkeys.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { answered, refusal } from "../support/parties.ts";
import { SoftwarePasskey } from "../support/passkey.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let bob: June;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  bob = await named("Bob");
});
afterAll(() => exchange.close());
const pass = stillClock();

async function named(name: string): Promise<June> {
  const person = new June(exchange);
  await person.createAccount(name);
  return person;
}
/** June with a second passkey, each in a session of its own. */
async function onTwoDevices() {
  const [laptop, phone] = [await named("June"), new June(exchange)];
  await answered(laptop.add(phone.passkey, "Phone"));
  await phone.signIn();
  return { laptop, phone };
}
const passkeysOf = async (person: June) =>
  (await answered(person.call("GET", "/wallet/passkeys")))["passkeys"] as PasskeyView[];
const status = async (answer: Promise<Response>) => (await answer).status;
const here = (person: June) => status(person.call("GET", "/wallet/me"));
const removed = async (person: June, id: string, passkey = person.passkey) =>
  person.call("POST", `/wallet/passkeys/${id}/remove`, await person.confirmation("remove_passkey", id, passkey));
const idOf = (passkey: SoftwarePasskey) => passkey.sign("").id;

describe("Passkeys of a person", () => {
  test("are listed with what they are called, since when, when used last, and which one is here", async () => {
    const { laptop, phone } = await onTwoDevices();
    const [first, second, ...more] = await passkeysOf(phone);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ id: idOf(laptop.passkey), lastUsedAt: Math.floor(Date.now() / 1000) });
    expect(first).not.toHaveProperty("thisOne");
    expect(second).toMatchObject({ id: idOf(phone.passkey), name: "Phone", thisOne: true });
    expect(JSON.stringify([first, second])).not.toMatch(/publicKey|counter/);
    pass(7_200);
    await phone.signIn();
    expect((await passkeysOf(phone))[1]?.lastUsedAt).toBe(Math.floor(Date.now() / 1000));
  });
  test("are renamed by their person alone", async () => {
    const june = await named("June");
    const path = `/wallet/passkeys/${idOf(june.passkey)}`;
    expect(await status(june.call("PUT", path, { name: "Red key" }))).toBe(204);
    expect(await status(bob.call("PUT", path, { name: "Mine" }))).toBe(404);
    expect(await status(june.call("PUT", path, { name: "" }))).toBe(400);
    expect(await passkeysOf(june)).toMatchObject([{ name: "Red key" }]);
  });
  test("WebAuthn §5.4.3 the options of another one exclude those there are", async () => {
    const june = await named("June");
    const confirmation = await june.confirmation("add_passkey");
    const { options } = (await answered(
      june.call("POST", "/wallet/passkeys/options", confirmation),
    )) as unknown as CeremonyOptions;
    expect(options["excludeCredentials"]).toMatchObject([{ id: idOf(june.passkey), type: "public-key" }]);
    expect(options["user"]).toMatchObject({ name: "June" });
  });
  test("WebAuthn §7.1 a passkey that is somebody's already is added to nobody", async () => {
    const june = await named("June");
    expect(await refusal(june.add(bob.passkey, "Taken"))).toBe("401 login_required");
    await bob.signIn();
    expect(await passkeysOf(june)).toHaveLength(1);
  });
});

describe("Removing a passkey", () => {
  test("what it opened ends within seconds, and it signs in no more; other sessions go on", async () => {
    const { laptop, phone } = await onTwoDevices();
    const { passkeys } = await answered(removed(laptop, idOf(phone.passkey)));
    expect(passkeys).toHaveLength(1);
    pass(3);
    expect(await here(phone)).toBe(401);
    expect(await here(laptop)).toBe(200);
    await expect(phone.signIn()).rejects.toThrow("401");
  });
  test("it confirms nothing in another session either, also where its record was left behind", async () => {
    const { laptop, phone } = await onTwoDevices();
    const id = idOf(phone.passkey);
    const client = DynamoDBDocumentClient.from(exchange.dynamodb.client(), {
      marshallOptions: { removeUndefinedValues: true },
    });
    const { passkeys } = dynamodbRecords(client, exchange.tables.records);
    const kept = (await passkeys.find(id))?.value;
    await answered(removed(laptop, id));
    const confirms = async () =>
      refusal(
        laptop.call("POST", "/wallet/passkeys/options", await laptop.confirmation("add_passkey", "", phone.passkey)),
      );
    expect(await confirms()).toBe("401 login_required");
    // As if the step had broken off after the person's own record.
    if (kept !== undefined) await passkeys.insert(id, kept);
    pass(3);
    expect(await confirms()).toBe("401 login_required");
    await expect(phone.signIn()).rejects.toThrow("401");
    expect(await passkeysOf(laptop)).toHaveLength(1);
  });
  test("the one of this very session ends it as well", async () => {
    const { laptop, phone } = await onTwoDevices();
    await answered(removed(phone, idOf(phone.passkey)));
    pass(3);
    expect([await here(phone), await here(laptop)]).toEqual([401, 200]);
  });
  test("never the last, whoever of two removes the other at the same time", async () => {
    const june = await named("June");
    expect(await refusal(removed(june, idOf(june.passkey)))).toBe("422 unprocessable");
    for (let n = 0; n < 10; n++) {
      const { laptop, phone } = await onTwoDevices();
      const results = await Promise.all([
        removed(laptop, idOf(phone.passkey)).then((answer) => answer.status),
        removed(phone, idOf(laptop.passkey)).then((answer) => answer.status),
      ]);
      expect(results.filter((result) => result === 200)).toHaveLength(1);
      const left = results[0] === 200 ? laptop : phone;
      await left.signIn();
      expect(await passkeysOf(left)).toHaveLength(1);
    }
  });
  test("a passkey that is not theirs is nothing to remove", async () => {
    const { laptop } = await onTwoDevices();
    for (const id of [idOf(bob.passkey), "none"]) expect(await refusal(removed(laptop, id))).toBe("404 not_found");
    await bob.signIn();
  });
});

describe("N-73 a fresh ceremony", () => {
  const acts: readonly (readonly [ConfirmedAct, (june: June, body: unknown) => Promise<Response>])[] = [
    ["add_passkey", (june, body) => june.call("POST", "/wallet/passkeys/options", body)],
    ["remove_passkey", (june, body) => june.call("POST", `/wallet/passkeys/${idOf(june.passkey)}/remove`, body)],
  ];
  test.each(acts)(
    "N-73 of %s: once, in time, by its person, verified, at this origin, and for nothing else",
    async (act, send) => {
      const { laptop: june, phone } = await onTwoDevices();
      const about = act === "remove_passkey" ? idOf(june.passkey) : "";
      const begin = async (person = june, what: object = { act, about }) =>
        (await answered(person.call("POST", "/wallet/confirm/options", what))) as unknown as CeremonyOptions;
      const signed = ({ options, challenge }: CeremonyOptions, passkey = june.passkey, flags = 0x05) => ({
        challenge,
        response: passkey.sign(String(options["challenge"]), { flags }),
      });
      const other = acts.find(([known]) => known !== act)?.[0];
      const good = signed(await begin());
      const counted = await begin();
      const wrong = {
        "no ceremony": {},
        "not verified": signed(await begin(), june.passkey, 0x01),
        "another's passkey": signed(await begin(), bob.passkey),
        "an unknown passkey": signed(await begin(), new SoftwarePasskey(walletOrigin)),
        "another origin": signed(await begin(), new SoftwarePasskey("https://wallet.test.evil.example")),
        "another act": signed(await begin(june, { act: other })),
        "about something else": signed(await begin(june, { act, about: "another" })),
        "another's ceremony": signed(await begin(bob), bob.passkey),
        "another's challenge": signed(await begin(bob)),
        "a sign-in": signed(
          (await answered(june.call("POST", "/wallet/session/options"))) as unknown as CeremonyOptions,
        ),
        "another challenge": { ...signed(await begin()), challenge: (await begin()).challenge },
        "a count gone back": {
          challenge: counted.challenge,
          response: june.passkey.sign(String(counted.options["challenge"]), { counter: 1 }),
        },
      };
      for (const [name, body] of Object.entries(wrong))
        expect([400, 401], name).toContain(await status(send(june, body)));
      expect(await passkeysOf(june)).toHaveLength(2);
      // A confirmation is no sign-in, either.
      expect(await status(june.call("POST", "/wallet/session", signed(await begin())))).toBe(401);
      const late = await begin();
      pass(300);
      expect(await status(send(june, signed(late)))).toBe(401);
      expect(await status(send(june, signed(await begin(), phone.passkey)))).toBe(200);
      expect(await status(send(june, good))).toBe(401);
    },
  );
  test("N-73 (+) once each", async () => {
    const { laptop: june } = await onTwoDevices();
    const body = await june.confirmation("add_passkey");
    expect(await status(june.call("POST", "/wallet/passkeys/options", body))).toBe(200);
    expect(await status(june.call("POST", "/wallet/passkeys/options", body))).toBe(401);
  });
  test("N-73 what makes a passkey for one person makes none for another, and none without it", async () => {
    const june = await named("June");
    const fresh = new SoftwarePasskey(walletOrigin);
    const { options, challenge } = (await answered(
      june.call("POST", "/wallet/passkeys/options", await june.confirmation("add_passkey")),
    )) as unknown as CeremonyOptions;
    const body = { name: "New", challenge, response: fresh.register(String(options["challenge"])) };
    expect(await status(bob.call("POST", "/wallet/passkeys", body))).toBe(401);
    const account = await answered(june.call("POST", "/wallet/account/options", { name: "June" }));
    expect(await status(june.call("POST", "/wallet/passkeys", { ...body, challenge: account["challenge"] }))).toBe(401);
    expect(await passkeysOf(june)).toHaveLength(1);
  });
});

describe("Signing out everywhere else", () => {
  test("every other session ends within seconds, and new ones begin", async () => {
    const { laptop, phone } = await onTwoDevices();
    const third = new June(exchange);
    await answered(laptop.add(third.passkey, "Tablet"));
    await third.signIn();
    pass(1);
    expect(await status(laptop.call("POST", "/wallet/session/end-others"))).toBe(204);
    pass(3);
    expect([await here(laptop), await here(phone), await here(third)]).toEqual([200, 401, 401]);
    await phone.signIn();
    expect(await here(phone)).toBe(200);
    await answered(phone.call("POST", "/wallet/session/end-others"));
    pass(3);
    expect([await here(laptop), await here(phone)]).toEqual([401, 200]);
  });
});
