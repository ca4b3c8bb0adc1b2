import type { Consent } from "./consent.ts";
import { isReminding, remindAt } from "./reminder.ts";
import type { IndexKeys, Kind } from "./store.ts";

/** What the index says of a consent that stands. */
export const STANDING: readonly string[] = ["active", "paused", "proposed", "reminded"];

/** A Client never collected what was approved: the approval lapses. */
export const LAPSE_AFTER = 86_400;

export const consentKind: Kind<Consent> = {
  name: "consent",
  key: (id) => ({ pk: `CONSENT#${id}`, sk: "CONSENT" }),
  // A consent that a proposal waits on is `proposed` to indexes and streams, and as new as the proposal; one its person was just reminded of is `reminded`.
  index: (consent) => ({
    state: consent.proposal !== undefined ? "proposed" : isReminding(consent) ? "reminded" : consent.state,
    person: consent.personId,
    party: consent.clientId,
    // Out of the person's view it is found by its erasure alone.
    sort: `${consent.forgottenAt === undefined ? "consent" : "forgotten"}#${String((consent.proposal ?? consent).createdAt).padStart(12, "0")}`,
    ...dueOf(consent),
  }),
};

function dueOf(consent: Consent): Pick<IndexKeys, "due" | "dueAt"> {
  const { state, expiresAt, endsAt, collectedAt, decidedAt, proposal } = consent;
  if (state === "requested") return { due: "due", dueAt: expiresAt };
  if (state !== "active" && state !== "paused") return {};
  const reminds = remindAt(consent);
  const ends = [
    endsAt ?? expiresAt,
    ...(collectedAt === undefined ? [(decidedAt ?? 0) + LAPSE_AFTER] : []),
    ...(proposal === undefined ? [] : [proposal.expiresAt]),
    ...(reminds === undefined ? [] : [reminds]),
  ];
  return { due: "due", dueAt: Math.min(...ends) };
}
