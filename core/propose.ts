import { isElsewhere } from "./consent.ts";
import { type Exchange, now } from "./exchange.ts";
import { answerTo, type Proposal, proposed, stands, turnedDown } from "./proposal.ts";
import { rewritten } from "./rewritten.ts";

/**
 * The proposal waits on this person's consent from now on, or did before. Two steps where another one waits, each for the stream to see: the one before is over,
 * this one waits. Of two who take one flow at once the first counts.
 */
export async function proposeTo(
  as: Pick<Exchange, "records" | "nowMs">,
  consentId: string,
  personId: string,
  proposal: Proposal,
): Promise<"proposed" | "conflict" | "nothing to ask"> {
  const { requestId } = proposal;
  await rewritten(as.records.consents, consentId, (consent) =>
    consent?.personId === personId && consent.proposal !== undefined && consent.proposal.requestId !== requestId
      ? turnedDown(consent, now(as) < consent.proposal.expiresAt ? "superseded" : "unanswered", now(as))
      : undefined,
  );
  const consent = await rewritten(as.records.consents, consentId, (current) =>
    current?.personId === personId &&
    current.proposal === undefined &&
    stands(current, now(as)) &&
    answerTo(current, requestId) === undefined
      ? proposed(current, proposal, now(as))
      : undefined,
  );
  if (consent?.personId !== personId) return "nothing to ask";
  if (consent.proposal?.requestId === requestId)
    return isElsewhere(consent.proposal) === isElsewhere(proposal) ? "proposed" : "conflict";
  return answerTo(consent, requestId) === undefined ? "nothing to ask" : "proposed";
}
