import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RequestScreen } from "../../protocol/wallet.ts";
import type { Elsewhere } from "../../protocol/wallet-asks.ts";
import { runningClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, navigatorOrigin, type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";
import { askIn, type Browser, redirectDoor, redirecting, stopped } from "../support/redirect.ts";

/** The redirect door with the Wallet on another device: a first browser that shows a number and waits, and a phone that opens its link. */
let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
let bob: June;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  app = await net.client("Redirecting", redirecting);
  bob = new June(exchange, walletOrigin);
  await bob.createAccount("Bob");
});
afterAll(() => exchange.close());
const later = runningClock();
const { browser, arrive, answer, redeem } = redirectDoor(
  () => exchange,
  () => net,
  () => app,
);

type Waits = Extract<Elsewhere, { state: "waiting" }>;
const elsewhere = (ask: string) => `${issuer}/authorize/elsewhere?ask=${ask}`;
const wait = async (waiting: string) =>
  (await answered(exchange.fetch(`${walletOrigin}/wallet/elsewhere/${waiting}`))) as unknown as Elsewhere;
const linked = ({ link }: Waits) => link.slice(`${walletOrigin}/link#/asks/`.length);
const take = (who: June, ask: string) => who.call("POST", `/wallet/asks/${ask}`);
const view = (ask: string) => exchange.fetch(`${walletOrigin}/wallet/asks/${ask}`);

/** A flow whose first page shows its number and waits. */
async function began(at: Browser = browser(), party = app) {
  const ask = askIn(await arrive(at, {}, party));
  const location = await at.open(elsewhere(ask));
  const waiting = location.slice(`${walletOrigin}/#/elsewhere/`.length);
  return { at, ask, waiting, shown: (await wait(waiting)) as Waits };
}
/** What June's phone shows after she opened the link. */
async function onPhone(shown: Waits, who = net.june): Promise<RequestScreen> {
  const { id } = await answered(take(who, linked(shown)));
  return who.screen(String(id));
}
const wrong = (right: string) => (right === "10" ? "11" : "10");

describe("The Wallet on another device", () => {
  test("N-70, UX-32 (+) the number of the first page is typed on the phone, and the code arrives in the first browser alone", async () => {
    const { at, waiting, shown } = await began();
    expect(shown).toMatchObject({ state: "waiting", number: expect.stringMatching(/^[1-9]\d$/) });
    expect(new URL(shown.link).origin).toBe(walletOrigin);
    const screen = await onPhone(shown);
    expect(screen.notice.began).toEqual({ at: shown.startedAt, elsewhere: true });
    const approved = await answered(net.june.approve(screen, { number: shown.number }));
    expect(approved).not.toHaveProperty("continueAt");

    const ends = (await wait(waiting)) as { state: "answered"; continueAt: string };
    expect(ends.state).toBe("answered");
    expect(await browser().open(ends.continueAt)).toBe(stopped("browser"));
    const back = new URL(await at.open(ends.continueAt));
    expect((await redeem(back.searchParams.get("code") ?? "")).status).toBe(200);
    expect(await wait(waiting)).toEqual({ state: "over" });
    await exchange.settled();
    expect(exchange.pushes).toEqual([]);
  });
  test("N-70 the number is shown in no browser but the one the flow began in", async () => {
    const attacker = browser();
    const ask = askIn(await arrive(attacker));
    const victim = browser();
    await arrive(victim);
    expect(await browser().open(elsewhere(ask))).toBe(stopped("browser"));
    expect(await victim.open(elsewhere(ask))).toBe(stopped("browser"));
    expect(await attacker.open(elsewhere("ask_r1none"))).toBe(stopped("browser"));
    expect(await attacker.open(elsewhere(ask))).toContain("/#/elsewhere/wait_");
  });
  test("N-70 who answers by the first browser's own link, without a number, answers nothing for the page that waits", async () => {
    const { at, ask, waiting } = await began();
    const { id } = await answered(take(net.june, ask));
    const screen = await net.june.screen(String(id));
    expect(screen).not.toHaveProperty("missesLeft");
    expect(screen.notice).not.toHaveProperty("began");
    expect(await wait(waiting)).toEqual({ state: "over" });
    const { continueAt } = await answered(net.june.approve(screen));
    expect(await wait(waiting)).toEqual({ state: "over" });
    expect(await at.open(elsewhere(ask))).toBe(stopped("used"));
    // June's answer of her own browser goes on as ever.
    expect(await at.open(String(continueAt))).toContain("code=");
  });
  test("N-70 taken up in the first browser it cannot be sent elsewhere any more", async () => {
    const at = browser();
    const ask = askIn(await arrive(at));
    await answered(take(net.june, ask));
    expect(await at.open(elsewhere(ask))).toBe(stopped("used"));
  });
  test("N-70, N-79 without the number nothing is approved; the third wrong one ends it on both screens, and the Client hears nothing", async () => {
    const { at, waiting, shown } = await began();
    let screen = await onPhone(shown);
    expect(await refusal(net.june.approve(screen))).toBe("422 unprocessable");
    const answers = [];
    for (let n = 0; n < 3; n++) {
      answers.push(await refusal(net.june.approve(screen, { number: wrong(shown.number) })));
      if (n < 2) screen = await net.june.screen(screen.id);
    }
    expect(answers).toEqual(["422 unprocessable", "422 unprocessable", "410 missed"]);
    expect(await refusal(net.june.call("GET", `/wallet/requests/${screen.id}`))).toBe("410 missed");
    expect(await wait(waiting)).toEqual({ state: "over" });
    expect(await at.open(`${issuer}/authorize/resume?completion=${waiting}`)).toBe(stopped("browser"));
  });
  test("RFC 6749 §4.1.2.1 a decline on the phone comes back to the Client through the first page", async () => {
    const { at, waiting, shown } = await began();
    expect((await net.june.decline(await onPhone(shown))).status).toBe(204);
    const ends = (await wait(waiting)) as { state: "answered"; continueAt: string };
    const back = new URL(await at.open(ends.continueAt));
    expect([back.searchParams.get("error"), back.searchParams.get("iss")]).toEqual(["access_denied", issuer]);
  });
  test("UX-10 “I did not start this” ends the first page, is silence toward the Client, and keeps it away for a day", async () => {
    const party = await net.client("Phishing", redirecting);
    const { waiting, shown } = await began(browser(), party);
    expect((await net.june.decline(await onPhone(shown), true)).status).toBe(204);
    expect(await wait(waiting)).toEqual({ state: "over" });
    await exchange.settled();
    later(3);
    const again = await began(browser(), party);
    expect(await refusal(take(net.june, linked(again.shown)))).toBe("410 muted");
    // Let it ask again, and it does at once: the same link goes on.
    await net.june.call("DELETE", `/wallet/muted/${party.clientId}`);
    expect((await take(net.june, linked(again.shown))).status).toBe(200);
  });
  test("N-70 before the answer the first page learns nothing of what happens on the phone; loaded anew it is the same", async () => {
    const { at, ask, waiting, shown } = await began();
    const screen = await onPhone(shown);
    await refusal(net.june.approve(screen, { number: wrong(shown.number) }));
    const { link: _, ...then } = (await wait(waiting)) as Waits;
    expect(then).toEqual({ ...shown, link: undefined });
    const reloaded = (await at.open(elsewhere(ask))).slice(`${walletOrigin}/#/elsewhere/`.length);
    expect(await wait(reloaded)).toMatchObject(then);
  });
  test("N-25 each of its handles opens its own step alone", async () => {
    const { ask, waiting, shown } = await began();
    for (const other of [ask, linked(shown), waiting.replace("wait_", "done_"), "wait_r1none"])
      expect(await refusal(exchange.fetch(`${walletOrigin}/wallet/elsewhere/${other}`))).toBe("404 not_found");
    expect(await refusal(take(net.june, waiting))).toBe("404 not_found");
    expect(await browser().open(`${issuer}/authorize/resume?completion=${linked(shown)}`)).toBe(stopped("browser"));
  });
});

describe("UX-18 the link on a device", () => {
  test("says who asks before anybody signs in, and never where the first browser goes", async () => {
    const { ask, shown } = await began();
    const { startedAt, expiresAt } = shown;
    expect(await answered(view(linked(shown)))).toEqual({
      client: "Redirecting",
      from: "elsewhere",
      startedAt,
      expiresAt,
    });
    expect(await answered(view(ask))).toMatchObject({
      client: "Redirecting",
      from: "here",
      elsewhereAt: elsewhere(ask),
    });
    expect(await refusal(view("link_r1none"))).toBe("404 not_found");
  });
  test("opens in Navigator before anybody is signed in, and its answer tells the time (UX-38)", async () => {
    const { shown } = await began();
    const url = `${walletOrigin}/wallet/asks/${linked(shown)}`;
    const response = await exchange.fetch(url, { headers: { origin: navigatorOrigin, dpop: "unread" } });
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe(navigatorOrigin);
    expect(response.headers.get("access-control-expose-headers")).toContain("date");
  });
  test("is the first person's who opens it; on every other way it is taken", async () => {
    const { ask, shown } = await began();
    await onPhone(shown);
    expect((await take(net.june, linked(shown))).status).toBe(200);
    expect(await refusal(take(bob, linked(shown)))).toBe("410 taken");
    expect(await refusal(take(net.june, ask))).toBe("410 taken");
    const here = await began();
    await answered(take(net.june, here.ask));
    expect(await refusal(take(net.june, linked(here.shown)))).toBe("410 taken");
  });
  test("is late at the hard end, used after the answer came back, gone while the app is suspended", async () => {
    const { at, waiting, shown } = await began();
    await answered(net.june.approve(await onPhone(shown), { number: shown.number }));
    await at.open(((await wait(waiting)) as { continueAt: string }).continueAt);
    expect(await refusal(view(linked(shown)))).toBe("410 used");
    const other = await net.client("Stopped", redirecting);
    const stops = await began(browser(), other);
    const late = await began();
    const token = await net.root.token("operate");
    await answered(net.root.call("POST", `/operator/clients/${other.clientId}/suspend`, token));
    later(5);
    expect(await refusal(take(net.june, linked(stops.shown)))).toBe("410 gone");
    expect(await wait(stops.waiting)).toEqual({ state: "over" });
    expect(await stops.at.open(elsewhere(stops.ask))).toBe(stopped("app"));
    later(900);
    expect(await refusal(take(net.june, linked(late.shown)))).toBe("410 late");
    expect(await wait(late.waiting)).toEqual({ state: "over" });
    expect(await late.at.open(elsewhere(late.ask))).toBe(stopped("late"));
  });
  test("N-71 of two who take one flow at once, by either way, one has it; and it is theirs to answer", async () => {
    for (let n = 0; n < 5; n++) {
      const { ask, waiting, shown } = await began();
      const [here, away] = n % 2 === 0 ? [net.june, bob] : [bob, net.june];
      const [byAsk, byLink] = await Promise.all([take(here, ask), take(away, linked(shown))]);
      expect([byAsk.ok, byLink.ok].filter(Boolean)).toHaveLength(1);
      const [winner, response] = byAsk.ok ? [here, byAsk] : [away, byLink];
      const screen = await winner.screen(String((await answered(Promise.resolve(response)))["id"]));
      expect(screen.missesLeft === undefined).toBe(byAsk.ok);
      expect((await wait(waiting)).state).toBe(byAsk.ok ? "over" : "waiting");
    }
  });
  test("(+) the way without another device is as it was", async () => {
    const at = browser();
    expect(await at.open(await answer(await arrive(at)))).toContain("code=");
  });
});
