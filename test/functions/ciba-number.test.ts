import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runningClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  app = await net.client("Matching", { fpx_number_match: true });
});
afterAll(() => exchange.close());
const later = runningClock();

async function asked(more: Record<string, string> = {}) {
  const authorization_details = JSON.stringify([{ type: immunizations, actions: ["read"] }]);
  const form = { scope: "openid", authorization_details, login_hint: await net.june.code("app"), ...more };
  const { auth_req_id, number } = await answered(app.post("/bc-authorize", form));
  return { auth_req_id: String(auth_req_id), number: String(number), screen: await net.june.waiting() };
}
const poll = (auth_req_id: string) =>
  app.post("/token", { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id });
const wrong = (right: string) => (right === "10" ? "99" : "10");

describe("UX-32 fpx_number_match", () => {
  test("(+) the Client gets a number to show, the person types it, and it is part of what is signed", async () => {
    const { auth_req_id, number, screen } = await asked();
    expect(number).toMatch(/^[1-9]\d$/);
    expect(screen).toMatchObject({ missesLeft: 3 });
    expect(screen.notice).not.toHaveProperty("bindingMessage");
    const signedWithout = await net.june.approval(screen);
    const added = { ...signedWithout, number };
    expect(await refusal(net.june.call("POST", `/wallet/requests/${screen.id}/approve`, added))).toMatch(/^4/);
    expect((await net.june.approve(screen, { number })).status).toBe(200);
    expect((await poll(auth_req_id)).status).toBe(200);
  });
  test("other Clients get none, and must send a binding_message; one that matches numbers may", async () => {
    const form = { scope: "openid immunization-history.read", login_hint: "nobody" };
    expect(await refusal(net.app.post("/bc-authorize", form))).toBe("400 invalid_binding_message");
    expect(await answered(net.app.post("/bc-authorize", { ...form, binding_message: "A" }))).not.toHaveProperty(
      "number",
    );
    const { screen } = await asked({ binding_message: "K7Q" });
    expect(screen.notice.bindingMessage).toBe("K7Q");
    await net.june.decline(screen);
  });
  test("no number, or none of two digits, is refused and no miss; neither is one where none is asked", async () => {
    const { number, screen } = await asked();
    expect(await refusal(net.june.approve(screen))).toBe("422 unprocessable");
    for (const malformed of ["4", "047", "4a", ""])
      expect(await refusal(net.june.approve(screen, { number: malformed }))).toBe("400 invalid_request");
    expect((await net.june.approve(screen, { number })).status).toBe(200);
    const form = { scope: "openid immunization-history.read", binding_message: "A" };
    await answered(net.app.post("/bc-authorize", { ...form, login_hint: await net.june.code("app") }));
    expect(await refusal(net.june.approve(await net.june.waiting(), { number }))).toBe("422 unprocessable");
  });
  test("N-79 nothing the Wallet is told holds the number", async () => {
    const { number, screen } = await asked();
    const { createdAt: _, expiresAt: __, ...rest } = screen;
    const told = { ...rest, notice: { ...screen.notice, durations: [] }, listed: (await net.june.requests()).length };
    const values = JSON.stringify(told, (key, value) => (/nonce|hash|^id$|At$/i.test(key) ? undefined : value));
    expect(values).not.toMatch(new RegExp(`\\b${number}\\b`));
    await net.june.decline(screen);
  });
  test("N-79 the third wrong number ends the request: silence toward the Client; before it the right one still works", async () => {
    const first = await asked();
    const miss = await net.june.approve(first.screen, { number: wrong(first.number) });
    expect(miss.status).toBe(422);
    expect(await miss.json()).toMatchObject({ error_description: expect.stringContaining("2 tries") });
    const again = await net.june.screen(first.screen.id);
    expect(again).toMatchObject({ missesLeft: 2 });
    expect((await net.june.approve(again, { number: first.number })).status).toBe(200);

    const { auth_req_id, number, screen } = await asked();
    const answers = [];
    for (let n = 0; n < 3; n++) {
      const now = await net.june.screen(screen.id);
      answers.push(await refusal(net.june.approve(now, { number: wrong(number) })));
    }
    expect(answers).toEqual(["422 unprocessable", "422 unprocessable", "410 missed"]);
    expect((await net.june.call("GET", `/wallet/requests/${screen.id}`)).status).toBe(410);
    expect(await answered(net.june.call("GET", `/wallet/consents/${screen.id}`))).toMatchObject({
      state: "declined",
      endedBy: "wrong_number",
    });
    expect(await refusal(poll(auth_req_id))).toBe("400 authorization_pending");
  });
  test("N-79 five wrong numbers at once count once: the compare-and-set", async () => {
    const { number, screen } = await asked();
    const bodies = [];
    for (let n = 0; n < 5; n++) bodies.push(await net.june.approval(screen, { number: wrong(number) }));
    await Promise.all(bodies.map((body) => net.june.call("POST", `/wallet/requests/${screen.id}/approve`, body)));
    expect(await net.june.screen(screen.id)).toMatchObject({ missesLeft: 2 });
  });
});

describe("UX-33 RFC 8628 §3.2 verification_uri_complete, the way without typing", () => {
  const opened = (who: June, link: string) =>
    who.call("GET", `/wallet/numbers/${link.slice(`${walletOrigin}/link#/numbers/`.length)}`);
  async function linked(login_hint?: string) {
    const form = { scope: "openid immunization-history.read", login_hint: login_hint ?? (await net.june.code("app")) };
    const { auth_req_id, number, verification_uri_complete } = await answered(app.post("/bc-authorize", form));
    await exchange.settled();
    return { auth_req_id: String(auth_req_id), number: String(number), link: String(verification_uri_complete) };
  }

  test("(+) the link leads whom it asks to the request, with the number, and the approval is signed over it as if typed", async () => {
    const { auth_req_id, number, link } = await linked();
    expect(link).toMatch(new RegExp(`^${walletOrigin}/link#/numbers/number_[\\w-]+$`));
    const told = await answered(opened(net.june, link));
    expect(told).toEqual({ id: expect.any(String), number });
    const screen = await net.june.screen(String(told["id"]));
    expect(await answered(opened(net.june, link))).toEqual(told);
    expect((await net.june.approve(screen, { number })).status).toBe(200);
    expect((await poll(auth_req_id)).status).toBe(200);
    expect(await refusal(opened(net.june, link))).toBe("410 used");
  });
  test("N-71 N-54 for anybody else it does not exist, whether its hint reached somebody or nobody", async () => {
    const bob = new June(exchange);
    await bob.createAccount("Bob");
    const { link } = await linked();
    const nobody = await linked("nobody-here");
    expect(await refusal(opened(bob, link))).toBe("404 not_found");
    expect(await refusal(opened(bob, nobody.link))).toBe("404 not_found");
    expect(await refusal(opened(net.june, nobody.link))).toBe("404 not_found");
    const { id } = await answered(opened(net.june, link));
    await net.june.decline(await net.june.screen(String(id)));
    expect(await refusal(opened(bob, link))).toBe("404 not_found");
  });
  test("N-79 it does not outlive three wrong numbers, nor the request", async () => {
    const { number, link } = await linked();
    const { id } = await answered(opened(net.june, link));
    for (let n = 0; n < 3; n++)
      await net.june.approve(await net.june.screen(String(id)), { number: wrong(number) }).then(({ status }) => status);
    expect(await refusal(opened(net.june, link))).toBe("410 missed");
    const late = await linked();
    later(900);
    expect(await refusal(opened(net.june, late.link))).toBe("410 late");
  });
  test("N-79 another request's link brings another number, and a Client without numbers gets no link", async () => {
    const [one, other] = [await linked(), await linked()];
    expect(one.link).not.toBe(other.link);
    expect((await answered(opened(net.june, other.link)))["number"]).toBe(other.number);
    const form = { scope: "openid immunization-history.read", login_hint: "nobody", binding_message: "A" };
    expect(await answered(net.app.post("/bc-authorize", form))).not.toHaveProperty("verification_uri_complete");
  });
});
