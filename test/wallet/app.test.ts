import { expect, test } from "vitest";
import { aheadBy } from "../../wallet/api/clock.ts";
import { troubleOf } from "../../wallet/api/passkey.ts";
import { refusal } from "../../wallet/api/refusal.ts";
import { to } from "../../wallet/app/addresses.ts";
import { routeOf } from "../../wallet/app/route.ts";
import { sessionAfter } from "../../wallet/app/session.ts";
import { FILTERS } from "../../wallet/dashboard/found.ts";
import { askEnd } from "../../wallet/elsewhere/ends.ts";
import { hashOfLink } from "../../wallet/elsewhere/link.ts";
import { requestEnd } from "../../wallet/request/ends.ts";

test("every address leads back to its screen", () => {
  expect(routeOf("")).toEqual({ screen: "home" });
  expect(routeOf(to.home)).toEqual({ screen: "home" });
  expect(routeOf(to.request("ntf_r1-a/b"))).toEqual({ screen: "request", id: "ntf_r1-a/b" });
  expect(routeOf(to.addSourceFor("x"))).toEqual({ screen: "add-source", forRequest: "x" });
  expect(routeOf("#/asks/ask_r1x")).toEqual({ screen: "ask", id: "ask_r1x", here: false });
  expect(routeOf(to.askHere("ask_r1x"))).toEqual({ screen: "ask", id: "ask_r1x", here: true });
  expect(routeOf("#/elsewhere/wait_r1x")).toEqual({ screen: "elsewhere", id: "wait_r1x" });
  expect(routeOf("#/numbers/number_r1x")).toEqual({ screen: "number", id: "number_r1x" });
  expect(routeOf(to.openLink)).toEqual({ screen: "open-link" });
  expect(routeOf(to.addSource)).toEqual({ screen: "add-source" });
  expect(routeOf(to.consents)).toEqual({ screen: "consents", filter: "all" });
  for (const filter of FILTERS) expect(routeOf(to.consentsOf(filter))).toEqual({ screen: "consents", filter });
  expect(routeOf(to.consent("ended"))).toEqual({ screen: "consent", id: "ended" });
  expect(routeOf(to.connect)).toEqual({ screen: "connect" });
  expect(routeOf(to.settings)).toEqual({ screen: "settings" });
  expect(routeOf(to.recovery)).toEqual({ screen: "recovery" });
  expect(routeOf(to.recover)).toEqual({ screen: "recover" });
  expect(routeOf(to.devices)).toEqual({ screen: "devices" });
  expect(routeOf(to.passkeys)).toEqual({ screen: "passkeys" });
});

test.each([
  "#/x",
  "#/settings/x",
  "#/settings/passkeys/x",
  "#/consents/all/x",
  "#/consents/ended",
  "#/requests",
  "#/requests/a/b",
  "#/requests/%zz",
  "#/requests/a/add-source/b",
])("UX-18 the address %s leads nowhere, in words", (hash) => expect(routeOf(hash)).toEqual({ screen: "nowhere" }));

test("a session that ends under the person's hands is told apart from none", () => {
  const me = { name: "June" };
  const refused = { type: "refused", because: "signed_out" } as const;
  expect(sessionAfter({ is: "starting" }, refused)).toEqual({ is: "signed_out", again: false });
  expect(sessionAfter({ is: "signed_in", me }, refused)).toEqual({ is: "signed_out", again: true });
  expect(sessionAfter({ is: "signed_out", again: true }, refused)).toEqual({ is: "signed_out", again: true });
  expect(sessionAfter({ is: "signed_in", me }, { type: "refused", because: "offline" })).toEqual({
    is: "signed_in",
    me,
  });
  expect(sessionAfter({ is: "starting" }, { type: "refused", because: "busy" })).toEqual({
    is: "unreachable",
    because: "busy",
  });
});

test.each([
  [401, "signed_out"],
  [403, "not_found"],
  [404, "not_found"],
  [409, "changed"],
  [410, "closed"],
  [422, "not_accepted"],
  [429, "busy"],
  [500, "busy"],
  [503, "busy"],
])("UX-18 status %i is %s", async (status, kind) => {
  const answer = Response.json({ error: "some_code", error_description: "Some words." }, { status });
  expect(await refusal(answer)).toMatchObject({ kind, error: "some_code" });
});

test("a passkey's exceptions become troubles with words", () => {
  const named = (name: string) => Object.assign(new Error("x"), { name });
  expect(troubleOf(named("NotAllowedError"))).toBe("cancelled");
  expect(troubleOf(named("AbortError"))).toBe("cancelled");
  expect(troubleOf(named("InvalidStateError"))).toBe("exists");
  expect(troubleOf(named("NotSupportedError"))).toBe("unsupported");
  expect(troubleOf(named("UnknownError"))).toBe("failed");
});

test("UX-38 the exchange's clock counts, where this device's is wrong by more than an answer takes", () => {
  const date = "Tue, 24 Nov 2026 10:00:00 GMT";
  const exact = Date.parse(date);
  expect(aheadBy(date, exact + 1_000)).toBe(0);
  expect(aheadBy(date, exact - 600_000)).toBe(600_500);
  expect(aheadBy(date, exact + 3_600_000)).toBe(-3_599_500);
  expect(aheadBy(null, exact)).toBe(0);
});

const wallet = "https://wallet.example";
test("N-78 a link of another screen opens here if it is the Wallet's own, and nothing else does", () => {
  expect(hashOfLink(` ${wallet}/link#/asks/link_r1-x_Y\n`, wallet)).toBe("#/asks/link_r1-x_Y");
  expect(hashOfLink(`${wallet}/link#/numbers/number_r1-x`, wallet)).toBe("#/numbers/number_r1-x");
  for (const foreign of [
    `${wallet}/link#/numbers/link_r1x`,
    `${wallet}/link#/requests/number_r1x`,
    "https://evil.example/link#/asks/link_r1x",
    "https://wallet.example.evil.example/link#/asks/link_r1x",
    "https://wallet.example@evil.example/link#/asks/link_r1x",
    "http://wallet.example/link#/asks/link_r1x",
    "javascript:location='#/asks/link_r1x'",
    `${wallet}/link#/asks/ask_r1x`,
    `${wallet}/link#/asks/link_r1x/here`,
    `${wallet}/link?next=//evil.example#/asks/link_r1x`,
    `${wallet}/#/settings`,
    "link_r1x",
    "",
  ])
    expect(hashOfLink(foreign, wallet), foreign).toBeUndefined();
});

test.each([
  [410, "late", "late"],
  [410, "used", "used"],
  [410, "taken", "not_yours"],
  [410, "gone", "cannot_ask"],
  [404, "not_found", "broken_link"],
  [409, "conflict", "changed"],
  [503, "temporarily_unavailable", "busy"],
])("UX-18 %i %s of a flow has words of its own: %s", async (status, error, end) => {
  expect(askEnd(await refusal(Response.json({ error }, { status })))).toBe(end);
});

test.each([
  [410, "late", "expired"],
  [410, "used", "answered"],
  [410, "missed", "missed"],
  [410, "released", "released"],
  [410, "gone", "cannot_ask"],
  [404, "not_found", "not_found"],
  [409, "conflict", "changed"],
  [503, "temporarily_unavailable", "busy"],
])("UX-18 %i %s of a request has words of its own: %s", async (status, error, end) => {
  expect(requestEnd(await refusal(Response.json({ error }, { status })))).toBe(end);
});
