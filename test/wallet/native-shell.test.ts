import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { makePasskey, PasskeyFailure, showPasskey, signWithPasskey } from "../../wallet/api/passkey.ts";
import { type NativeCredential, webauthnOver } from "../../wallet/navigator/native-webauthn.ts";
import { hashOfOpening, pushIn } from "../../wallet/navigator/opening.ts";

const RP = "wallet.example";
const text = (value: string) => Buffer.from(value).toString("base64url");
const options = {
  challenge: text("challenge"),
  rp: { id: RP, name: "Wallet" },
  user: { id: text("june"), name: "June", displayName: "June" },
  pubKeyCredParams: [{ type: "public-key", alg: -7 }],
  excludeCredentials: [{ id: text("other"), type: "public-key" }],
  authenticatorSelection: { residentKey: "required", userVerification: "required" },
};
const made: NativeCredential = {
  id: text("passkey"),
  response: { clientDataJSON: text("{}"), attestationObject: text("attested") },
};
const shown: NativeCredential = {
  id: text("passkey"),
  response: { clientDataJSON: text("{}"), authenticatorData: text("data"), signature: text("sig"), userHandle: null },
};

/** What the system was asked; a page that has nothing but the shell's WebAuthn, as a web view does. */
let asked: { create: object[]; get: object[] };
let fails: object | undefined;
beforeEach(() => {
  asked = { create: [], get: [] };
  fails = undefined;
  const answering = (ceremony: "create" | "get", answer: NativeCredential) => async (given: object) => {
    asked[ceremony].push(given);
    if (fails !== undefined) throw fails;
    return answer;
  };
  const native = { create: answering("create", made), get: answering("get", shown) };
  const { credentials, PublicKeyCredential } = webauthnOver(native, RP);
  vi.stubGlobal("navigator", { credentials });
  vi.stubGlobal("PublicKeyCredential", PublicKeyCredential);
});
afterEach(() => vi.unstubAllGlobals());

describe("A7 WebAuthn in a web view is the system's", () => {
  test("WebAuthn §5.1.3 a passkey is made with the exchange's options, as JSON, and comes back as the exchange takes it", async () => {
    const response = await makePasskey({ options, challenge: "sealed" });
    expect(asked.create).toEqual([options]);
    expect(response).toMatchObject({ id: made.id, rawId: made.id, type: "public-key" });
    expect(response.response).toMatchObject(made.response);
  });
  test("WebAuthn §5.1.4 signing in names what the exchange named", async () => {
    const response = await showPasskey({
      options: { challenge: text("challenge"), rpId: RP, userVerification: "required" },
      challenge: "sealed",
    });
    expect(asked.get).toEqual([
      expect.objectContaining({ challenge: text("challenge"), rpId: RP, userVerification: "required" }),
    ]);
    expect(response.response).toMatchObject({ signature: text("sig"), authenticatorData: text("data") });
  });
  test("design §8 an approval is signed for the Wallet's host, whatever the address of the page is", async () => {
    await signWithPasskey(text("seen and chosen"));
    expect(asked.get).toEqual([
      expect.objectContaining({ challenge: text("seen and chosen"), rpId: RP, userVerification: "required" }),
    ]);
  });
  test.each([
    ["CANCELLED", "cancelled"],
    ["NO_CREDENTIAL", "cancelled"],
    ["TIMEOUT", "cancelled"],
    ["UNSUPPORTED_ERROR", "unsupported"],
    ["UNKNOWN_ERROR", "failed"],
  ])("what the plugin calls %s is told as %s", async (code, trouble) => {
    fails = Object.assign(new Error("as the system says it"), { code });
    const failure = await signWithPasskey(text("x")).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PasskeyFailure);
    expect(failure).toMatchObject({ trouble });
  });
  test("a passkey that is there already is told so when another is made, on both platforms", async () => {
    for (const failure of [{ code: "INVALID_INPUT" }, { code: "DOM_ERROR", message: "androidx…InvalidStateError" }]) {
      fails = Object.assign(new Error(failure.message ?? ""), failure);
      await expect(makePasskey({ options, challenge: "sealed" })).rejects.toMatchObject({ trouble: "exists" });
    }
  });
  test("nothing waits for a passkey in a field: the system has a sheet for it", async () => {
    expect(await PublicKeyCredential.isConditionalMediationAvailable?.()).toBe(false);
  });
});

describe("N-78 what opens the app leads to a screen of ours or nowhere", () => {
  const wallet = "https://wallet.example";
  const link = (value: string) => hashOfOpening({ link: value }, wallet);
  const push = (value: unknown) => hashOfOpening({ push: value }, wallet);

  test("A7 a link that another screen shows, at the Wallet's own host", () => {
    expect(link(`${wallet}/link#/asks/link_r1abc`)).toBe("#/asks/link_r1abc");
    expect(link(`${wallet}/link#/numbers/number_r1abc`)).toBe("#/numbers/number_r1abc");
  });
  test.each([
    "https://evil.example/link#/asks/link_r1abc",
    "https://wallet.example.evil.example/link#/asks/link_r1abc",
    "https://wallet.example@evil.example/link#/asks/link_r1abc",
    "http://wallet.example/link#/asks/link_r1abc",
    "https://wallet.example:8443/link#/asks/link_r1abc",
    "https://wallet.example/other#/asks/link_r1abc",
    "https://wallet.example/link?next=https://evil.example#/asks/link_r1abc",
    "https://wallet.example/link#/consents/at/con_r1abc",
    "https://wallet.example/link#/asks/ask_r1abc",
    "https://wallet.example/link",
    "example.navigator://link#/asks/link_r1abc",
    "javascript:alert(1)",
    "capacitor://localhost/index.html#/asks/link_r1abc",
    "",
  ])("%s opens nothing", (value) => expect(link(value)).toBeUndefined());

  test("UX-50 a notification of FCM and one of APNs lead to the same screen", () => {
    const data = { v: "1", id: "ntf_r1-x", t: "r", exp: "2000" };
    expect(push(data)).toBe("#/requests/ntf_r1-x");
    expect(push({ aps: {}, fpx: { v: 1, id: "ntf_r1-x", t: "r", exp: 2000 } })).toBe("#/requests/ntf_r1-x");
    expect(push({ ...data, t: "n" })).toBe("#/notifications/ntf_r1-x");
  });
  test("an id is a part of an address of ours, whatever it is", () => {
    expect(push({ v: "1", t: "r", id: "../../evil?x#y" })).toBe("#/requests/..%2F..%2Fevil%3Fx%23y");
  });
  test.each([
    [undefined],
    [null],
    ["text"],
    [{}],
    [{ v: "2", t: "r", id: "a" }],
    [{ v: "1", t: "x", id: "a" }],
    [{ v: "1", t: "r" }],
    [{ fpx: "no" }],
    [{ fpx: null }],
  ])("%j is no push of ours", (data) => {
    expect(pushIn(data)).toBeUndefined();
    expect(push(data)).toBeUndefined();
  });
});
