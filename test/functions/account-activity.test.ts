import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WAIT } from "../../core/recovery.ts";
import type { Activity, ActivityEntry } from "../../protocol/wallet-activity.ts";
import type { CeremonyOptions } from "../../protocol/wallet-ceremonies.ts";
import type { DeviceView } from "../../protocol/wallet-devices.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { answered } from "../support/parties.ts";
import { SoftwarePasskey } from "../support/passkey.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
});
afterAll(() => exchange.close());
const pass = stillClock();

const FIREFOX = "Firefox, Windows";
const DAY = 86_400;
const seconds = () => Math.floor(Date.now() / 1000);
const idOf = (passkey: SoftwarePasskey) => passkey.sign("").id;
async function newJune() {
  const june = new June(exchange);
  await june.createAccount("June");
  return june;
}
const activityOf = async (june: June) =>
  ((await answered(june.call("GET", "/wallet/activity"))) as unknown as Activity).entries;
/** Without what every account begins with. */
const since = (entries: readonly ActivityEntry[]) => entries.slice(0, -2);

describe("What happened to an account", () => {
  test("UX-16 a passkey that came and went, and everybody signed out, are told by their own write", async () => {
    const june = await newJune();
    const [second, made] = [new SoftwarePasskey(walletOrigin), seconds() + 10];
    pass(10);
    await answered(june.add(second, "Phone"));
    expect(since(await activityOf(june))).toEqual([{ at: made, what: "passkey_made", device: "Phone" }]);
    pass(10);
    const id = idOf(second);
    await answered(june.call("POST", `/wallet/passkeys/${id}/remove`, await june.confirmation("remove_passkey", id)));
    pass(10);
    expect((await june.call("POST", "/wallet/session/end-others")).status).toBe(204);
    expect(since(await activityOf(june))).toEqual([
      { at: made + 20, what: "signed_out_elsewhere" },
      { at: made + 10, what: "passkey_removed", device: "Phone" },
      { at: made, what: "passkey_made", device: "Phone" },
    ]);
  });
  test("UX-16 a device that rings, and one that was removed", async () => {
    const june = await newJune();
    const at = seconds();
    pass(10);
    const token = crypto.randomUUID();
    const device = { platform: "FCM", token, described: "Navigator, Android" };
    expect((await june.call("POST", "/wallet/devices", device)).status).toBe(204);
    const added = { at: at + 10, what: "device_added", device: "Navigator, Android" };
    expect(since(await activityOf(june))).toEqual([added]);
    pass(10);
    const [known] = (await answered(june.call("GET", "/wallet/devices")))["devices"] as DeviceView[];
    expect((await june.call("DELETE", `/wallet/devices/${known?.id}`)).status).toBe(204);
    expect(since(await activityOf(june))).toEqual([{ ...added, at: at + 20, what: "device_removed" }, added]);
    expect(JSON.stringify(await activityOf(june))).not.toContain(token);
  });
  test("UX-16 a recovery code, who asked with it, that it was stopped, and that it went through", async () => {
    const june = await newJune();
    const code = async () => {
      pass(1);
      const body = await june.confirmation("recovery_code");
      return String((await answered(june.call("POST", "/wallet/me/recovery-code", body)))["code"]);
    };
    const ask = async (code: string) => {
      pass(1);
      return String((await answered(new June(exchange).call("POST", "/wallet/recovery", { code })))["recovery"]);
    };
    await ask(await code());
    pass(1);
    await answered(june.call("POST", "/wallet/me/recovery/stop"));
    const recovery = await ask(await code());
    pass(WAIT);
    const stranger = new June(exchange);
    const { options, challenge } = (await answered(
      stranger.call("POST", `/wallet/recovery/${recovery}/options`),
    )) as unknown as CeremonyOptions;
    const response = stranger.passkey.register(String(options["challenge"]));
    const body = { name: "New phone", challenge, response };
    await answered(stranger.call("POST", `/wallet/recovery/${recovery}`, body));
    pass(3);
    await stranger.signIn("New phone");
    const what = since(await activityOf(stranger)).map((entry) => entry.what);
    expect(what.slice(0, 1)).toEqual(["signed_in"]);
    expect(what.slice(1, 3).sort()).toEqual(["passkey_made", "recovered"]);
    expect(what.slice(3)).toEqual([
      ...["recovery_asked", "recovery_code_made"],
      ...["recovery_stopped", "recovery_asked", "recovery_code_made"],
    ]);
  });
  test("a stop where nobody asked is no event", async () => {
    const june = await newJune();
    await answered(june.call("POST", "/wallet/me/recovery/stop"));
    expect(since(await activityOf(june))).toEqual([]);
  });
});

describe("Sign-ins", () => {
  test("UX-16 the first of a browser is told apart, the others are counted by day and browser", async () => {
    const june = await newJune();
    const dawn = Math.ceil(seconds() / DAY) * DAY + DAY;
    pass(dawn - seconds());
    for (const described of [FIREFOX, FIREFOX, "Safari, iPhone", FIREFOX, undefined]) {
      await june.signIn(described);
      pass(60);
    }
    pass(DAY);
    await june.signIn(FIREFOX);
    const signedIn = since(await activityOf(june));
    expect(signedIn).toEqual([
      { at: dawn + DAY + 300, what: "signed_in", device: FIREFOX, times: 1 },
      // What named nothing is like the account's own first browser, which named nothing either.
      { at: dawn + 240, what: "signed_in", times: 1 },
      { at: dawn + 180, what: "signed_in", device: FIREFOX, times: 2 },
      { at: dawn + 120, what: "signed_in_first", device: "Safari, iPhone" },
      { at: dawn, what: "signed_in_first", device: FIREFOX },
    ]);
  });
  test("a browser that was not seen in 13 months is a first one again, and what is older is gone", async () => {
    const june = await newJune();
    await june.signIn(FIREFOX);
    pass(401 * DAY);
    await june.signIn(FIREFOX);
    const whats = (await activityOf(june)).map(({ at, what }) => [seconds() - at, what]);
    expect(whats).toEqual([
      [0, "signed_in_first"],
      [401 * DAY, expect.stringMatching(/_made$/)],
      [401 * DAY, expect.stringMatching(/_made$/)],
    ]);
  });
  test("N-72 what a browser calls itself is refused where it is no name that can be shown", async () => {
    const june = await newJune();
    await expect(june.signIn("Fire\u202Efox")).rejects.toThrow("400");
    expect(since(await activityOf(june))).toEqual([]);
  });
  test("N-71 a sign-in that is refused leaves nothing, and nobody else's is there", async () => {
    const [june, bob] = [await newJune(), await newJune()];
    const id = idOf(bob.passkey);
    expect(id).not.toBe(idOf(june.passkey));
    const { challenge } = (await answered(june.call("POST", "/wallet/session/options"))) as unknown as CeremonyOptions;
    const forged = { challenge, response: june.passkey.sign("another challenge"), described: FIREFOX };
    expect((await june.call("POST", "/wallet/session", forged)).status).toBe(401);
    await bob.signIn(FIREFOX);
    expect(since(await activityOf(june))).toEqual([]);
    expect(since(await activityOf(bob))).toHaveLength(1);
  });
});
