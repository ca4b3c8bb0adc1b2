import type { Ask, Consent, RefreshToken, Transition } from "./consent.ts";
import type { Change } from "./proposal.ts";

/** What may follow what; anything else is a bug in the caller, which must have looked first. */
const follows: Record<Consent["state"], readonly Consent["state"][]> = {
  requested: ["active", "declined"],
  active: ["active", "paused", "ended"],
  paused: ["paused", "active", "ended"],
  declined: [],
  ended: [],
};

/** Asked, and not answered yet: its first version. */
export function requested(asked: Ask & Pick<Consent, "personId" | "clientId" | "requestingParty">): Consent {
  return {
    ...asked,
    state: "requested",
    version: 1,
    generation: 1,
    sources: [],
    refreshTokens: [],
    transitions: [{ at: asked.createdAt, to: "requested", by: "client", what: "asked" }],
  };
}

/** What a person chose at an approval, and what proves it. */
export type Decided = Required<
  Pick<Consent, "sources" | "endsAt" | "decidedAt" | "noticeHash" | "evidenceHash" | "decisionId">
>;

/** The person said yes to what was asked first. */
export function approved(consent: Consent, decided: Decided): Consent {
  const { decidedAt, evidenceHash } = decided;
  return moved({ ...consent, ...decided }, "active", decidedAt, "person", "approved", evidenceHash);
}

/** `not_me` and `wrong_number` are silence toward the Client; `unanswered` is the clock's decline. */
export function declined(
  consent: Consent,
  by: "declined" | "not_me" | "unanswered" | "wrong_number",
  at: number,
): Consent {
  const actor = by === "declined" || by === "not_me" ? "person" : "exchange";
  return moved({ ...consent, endedAt: at, endedBy: by }, "declined", at, actor, by);
}

/** With the consent goes what was proposed to change it. */
export function ended(
  { proposal, ...consent }: Consent,
  by: "withdrawn" | "released" | "expired" | "lapsed",
  at: number,
): Consent {
  const actor = by === "withdrawn" ? "person" : by === "released" ? "client" : "exchange";
  const over = {
    ...consent,
    ...(proposal !== undefined && {
      changes: withChange(consent, { requestId: proposal.requestId, answer: "ended", at }),
    }),
    endedAt: at,
    endedBy: by,
    refreshTokens: [],
    generation: consent.generation + 1,
  };
  return moved(over, "ended", at, actor, by);
}

/** The newest four answers to proposals. */
export function withChange({ changes = [] }: Consent, change: Change): readonly Change[] {
  return [change, ...changes].slice(0, 4);
}

/** The newest five refresh tokens live on. */
export function collected(
  consent: Consent,
  token: RefreshToken | undefined,
  at: number,
  grantIdHash = consent.grantIdHash,
): Consent {
  const refreshTokens = token === undefined ? consent.refreshTokens : [token, ...consent.refreshTokens].slice(0, 5);
  return moved(
    {
      ...consent,
      refreshTokens,
      collectedAt: consent.collectedAt ?? at,
      ...(grantIdHash !== undefined && { grantIdHash }),
    },
    consent.state,
    at,
    "client",
    "collected",
  );
}

/** RFC 7009 §2.1, RFC 9700 §4.14.2: the tokens die, the consent stays. */
export function tokensRevoked(consent: Consent, what: "refresh token revoked" | "replayed", at: number): Consent {
  return moved(
    { ...consent, refreshTokens: [], generation: consent.generation + 1 },
    consent.state,
    at,
    "client",
    what,
  );
}

/** The one way a consent moves: only where the table above allows, and noted among the last 16 transitions. */
export function moved(
  next: Consent,
  to: Consent["state"],
  at: number,
  by: Transition["by"],
  what: string,
  evidenceHash?: string,
): Consent {
  if (!follows[next.state].includes(to)) throw new Error(`a ${next.state} consent cannot become ${to}`);
  const transition = { at, to, by, what, ...(evidenceHash !== undefined && { evidenceHash }) };
  return { ...next, state: to, transitions: [transition, ...next.transitions].slice(0, 16) };
}
