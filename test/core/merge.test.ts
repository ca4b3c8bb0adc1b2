import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Consent, ConsentSource } from "../../core/consent.ts";
import { overdue } from "../../core/due.ts";
import { mergedSources, mergedTerms } from "../../core/merge.ts";
import { accepted, answerTo, isWaiting, missed, type Proposal, proposed, turnedDown } from "../../core/proposal.ts";
import type { Terms } from "../../core/terms.ts";
import { approved, collected, ended, requested } from "../../core/transitions.ts";

const some = (...values: string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 });
const grant = fc.record({
  type: fc.constantFrom("vaccines", "documents"),
  purpose: fc.constantFrom("calendar", "travel"),
  actions: some("read", "subscribe", "print"),
  resourceIds: some("r1", "r2", "r3"),
});
const source = (generation: number) =>
  fc.record({
    linkId: fc.constantFrom("registry", "clinic", "lab"),
    linkGeneration: fc.constant(generation),
    grants: fc.array(grant, { minLength: 1, maxLength: 4 }),
  });
const sources = (generation = 1) =>
  fc.uniqueArray(source(generation), { selector: ({ linkId }) => linkId }).map(
    (list) =>
      list.map((each) => ({
        ...each,
        resourceServerId: each.linkId,
        location: each.linkId,
        handle: "h",
        sub: "s",
      })) as ConsentSource[],
  );

/** Everything somebody may do, one by one. */
const rights = (list: readonly ConsentSource[]) =>
  new Set(
    list.flatMap(({ linkId, grants }) =>
      grants.flatMap(({ type, purpose, actions, resourceIds }) =>
        actions.flatMap((action) => resourceIds.map((id) => [linkId, type, purpose, action, id].join(" "))),
      ),
    ),
  );

describe("Grant Management §5.2 merge", () => {
  test("N-32 grants exactly what was granted and what is proposed: nothing more, and nothing is lost", () => {
    fc.assert(
      fc.property(sources(), sources(), (before, chosen) => {
        const merged = mergedSources(before, chosen);
        expect(rights(merged)).toEqual(rights(before).union(rights(chosen)));
        expect(merged.slice(0, before.length).map(({ linkId }) => linkId)).toEqual(before.map(({ linkId }) => linkId));
        expect(rights(mergedSources(merged, chosen))).toEqual(rights(merged));
      }),
    );
  });
  test("a source linked anew since gives only what is chosen now", () => {
    fc.assert(
      fc.property(sources(1), sources(2), (before, chosen) => {
        const renewed = new Set(chosen.map(({ linkId }) => linkId));
        const kept = before.filter(({ linkId }) => !renewed.has(linkId));
        expect(rights(mergedSources(before, chosen))).toEqual(rights([...kept, ...chosen]));
      }),
    );
  });
  test("of terms: every kind and purpose once, every action of both, required where one of both requires it", () => {
    const detail = fc.record({
      type: fc.constantFrom("vaccines", "documents"),
      purpose: fc.constantFrom("calendar", "travel"),
      actions: some("read", "subscribe"),
      optional_actions: some("print", "share"),
      duration: fc.constantFrom("P1D", "P90D"),
      locations: fc.uniqueArray(fc.constantFrom("a", "b")),
    });
    const terms = fc
      .uniqueArray(detail, { selector: ({ type, purpose }) => `${type} ${purpose}`, maxLength: 4 })
      .map((details): Terms => ({ details }));
    const required = ({ details }: Terms) =>
      new Set(
        details.flatMap(({ type, purpose, actions }) => actions.map((action) => [type, purpose, action].join(" "))),
      );
    fc.assert(
      fc.property(terms, terms, (before, asks) => {
        const merged = mergedTerms(before, asks);
        expect(required(merged)).toEqual(required(before).union(required(asks)));
        const kinds = merged.details.map(({ type, purpose }) => `${type} ${purpose}`);
        expect(new Set(kinds)).toHaveLength(kinds.length);
        for (const { actions, optional_actions } of merged.details)
          expect(optional_actions.filter((action) => actions.includes(action))).toEqual([]);
      }),
    );
  });
});

const ask = {
  door: "backchannel",
  terms: { details: [] },
  scope: ["openid"],
  createdAt: 100,
  expiresAt: 1_000,
} as const;
const decided = { sources: [], endsAt: 90_000, decidedAt: 200, noticeHash: "n", evidenceHash: "e1", decisionId: "d" };
const first = approved(requested({ ...ask, personId: "june", clientId: "client_a", requestId: "r1" }), decided);
const active = collected(first, { hash: "h", issuedAt: 300 }, 300, "g");
const proposal: Proposal = { ...ask, requestId: "r2", action: "replace", createdAt: 400, expiresAt: 1_300 };
const asked = proposed(active, proposal, 400);

describe("A proposal", () => {
  test("waits beside what is in force; one at a time", () => {
    const { proposal: waits, transitions: _, ...inForce } = asked;
    const { transitions: __, ...before } = active;
    expect([inForce, waits]).toEqual([before, proposal]);
    expect([isWaiting(asked, 1_299), isWaiting(asked, 1_300), isWaiting(active, 400)]).toEqual([true, false, false]);
    expect(() => proposed(asked, proposal, 500)).toThrow();
    expect(() => proposed(ended(active, "withdrawn", 500), proposal, 500)).toThrow();
    expect([answerTo(asked, "r1"), answerTo(asked, "r2"), answerTo(asked, "r3")]).toEqual([
      "approved",
      undefined,
      undefined,
    ]);
  });
  test("accepted is the next version and generation; refresh tokens and the grant_id live on; the proof of both stays named", () => {
    const next = accepted(asked, { ...decided, decidedAt: 500, evidenceHash: "e2" });
    expect(next).toMatchObject({
      state: "active",
      version: 2,
      generation: 2,
      refreshTokens: [{ hash: "h" }],
      grantIdHash: "g",
    });
    expect(next).not.toHaveProperty("proposal");
    expect(next.transitions.flatMap(({ evidenceHash = [] }) => evidenceHash)).toEqual(["e2", "e1"]);
    expect([answerTo(next, "r1"), answerTo(next, "r2")]).toEqual(["approved", "approved"]);
    const over = ended(next, "withdrawn", 600);
    expect([answerTo(over, "r1"), answerTo(over, "r2")]).toEqual(["ended", "ended"]);
  });
  test("turned down leaves everything as it was, and its Client is told", () => {
    for (const answer of ["declined", "not_me", "unanswered", "wrong_number", "superseded"] as const) {
      const { changes, transitions: _, ...after } = turnedDown(asked, answer, 600);
      const { transitions: __, ...before } = active;
      expect(after).toEqual(before);
      expect(changes).toEqual([{ requestId: "r2", answer, at: 600 }]);
      expect(answerTo(turnedDown(asked, answer, 600), "r2")).toBe(answer);
    }
  });
  test("N-79 the third wrong number ends the proposal, not the consent", () => {
    const number = { number: "12", misses: 0 };
    let consent: Consent = proposed(active, { ...proposal, numberMatch: number }, 400);
    for (let n = 0; n < 2; n++) consent = missed(consent, consent.proposal?.numberMatch ?? number, 500);
    expect(isWaiting(consent, 500)).toBe(true);
    consent = missed(consent, consent.proposal?.numberMatch ?? number, 500);
    expect([consent.state, isWaiting(consent, 500), answerTo(consent, "r2")]).toEqual([
      "active",
      false,
      "wrong_number",
    ]);
  });
  test("goes with the consent, and by the clock", () => {
    expect(ended(asked, "withdrawn", 500)).not.toHaveProperty("proposal");
    expect(overdue(asked, 1_299)).toBeUndefined();
    expect(overdue(asked, 1_300)).toMatchObject({ state: "active", changes: [{ answer: "unanswered" }] });
    expect(overdue(asked, 90_000)).toMatchObject({ state: "ended", endedBy: "expired" });
  });
});
