import type { Consent } from "./consent.ts";
import type { Kind } from "./store.ts";

/** A Client never collected what was approved: the approval lapses. */
const LAPSE_AFTER = 86_400;

export const consentKind: Kind<Consent> = {
  name: "consent",
  key: (id) => ({ pk: `CONSENT#${id}`, sk: "CONSENT" }),
  // A consent that a proposal waits on is `proposed` to indexes and streams, and as new as the proposal.
  index: (consent) => ({
    state: consent.proposal === undefined ? consent.state : "proposed",
    person: consent.personId,
    party: consent.clientId,
    sort: `consent#${String((consent.proposal ?? consent).createdAt).padStart(12, "0")}`,
    ...dueOf(consent),
  }),
};

function dueOf(consent: Consent): { due?: "due"; dueAt?: number } {
  const { state, expiresAt, endsAt, collectedAt, decidedAt, proposal } = consent;
  if (state === "requested") return { due: "due", dueAt: expiresAt };
  if (state !== "active" && state !== "paused") return {};
  const ends = [
    endsAt ?? expiresAt,
    ...(collectedAt === undefined ? [(decidedAt ?? 0) + LAPSE_AFTER] : []),
    ...(proposal === undefined ? [] : [proposal.expiresAt]),
  ];
  return { due: "due", dueAt: Math.min(...ends) };
}
