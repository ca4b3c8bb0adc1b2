import { expect, test } from "vitest";
import { troubleOf } from "../../wallet/api/passkey.ts";
import { refusal } from "../../wallet/api/refusal.ts";
import { routeOf, to } from "../../wallet/app/route.ts";
import { sessionAfter } from "../../wallet/app/session.ts";

test("every address leads back to its screen", () => {
  expect(routeOf("")).toEqual({ screen: "home" });
  expect(routeOf(to.home)).toEqual({ screen: "home" });
  expect(routeOf(to.request("ntf_r1-a/b"))).toEqual({ screen: "request", id: "ntf_r1-a/b" });
  expect(routeOf(to.addSourceFor("x"))).toEqual({ screen: "add-source", forRequest: "x" });
  expect(routeOf(to.addSource)).toEqual({ screen: "add-source" });
  expect(routeOf(to.consents)).toEqual({ screen: "consents", ended: false });
  expect(routeOf(to.endedConsents)).toEqual({ screen: "consents", ended: true });
  expect(routeOf(to.consent("ended"))).toEqual({ screen: "consent", id: "ended" });
  expect(routeOf(to.connect)).toEqual({ screen: "connect" });
  expect(routeOf(to.settings)).toEqual({ screen: "settings" });
});

test.each(["#/x", "#/requests", "#/requests/a/b", "#/requests/%zz", "#/requests/a/add-source/b"])(
  "UX-18 the address %s leads nowhere, in words",
  (hash) => expect(routeOf(hash)).toEqual({ screen: "nowhere" }),
);

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
