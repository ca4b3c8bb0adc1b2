import { useEffect, useReducer, useState } from "react";
import type { ConsentView, Onward } from "../../protocol/wallet.ts";
import { useHere } from "../app/surface.ts";
import { secondsNow } from "../app/watch.ts";
import { words } from "../messages/languages.ts";
import { approve, type Outcome, type Read, readAgain } from "./answer.ts";
import type { DeclinedRequest } from "./answered.tsx";
import { chosen, firstChoices, type Kept, withoutSource, withoutYes } from "./choices.ts";
import { type RequestEnd, requestEnd } from "./ends.ts";
import { isTyped, toNumber } from "./number.tsx";

/** Where an answer leads. */
export interface Ends {
  readonly onApproved: (consent: ConsentView) => void;
  readonly onDeclined: (declined: DeclinedRequest, onward: Onward | undefined) => void;
  readonly onDeadEnd: (because: RequestEnd) => unknown;
}

/** The answer to one request: what was read, what is chosen, and what becomes of a yes or a no. */
export function useAnswering(first: Read, number: string | undefined, { onApproved, onDeclined, onDeadEnd }: Ends) {
  const { wallet, kept } = useHere();
  const [read, setRead] = useState(first);
  const { screen } = read;
  const [began] = useState(() => beginning(first, number, kept.get(screen.id)));
  const [choices, choose] = useReducer(chosen, began.choices);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState(began.trouble);
  useEffect(() => {
    if (choices !== began.choices) kept.set(screen.id, { noticeHash: screen.noticeHash, choices });
  }, [kept, began, choices, screen]);
  const { notice } = screen;

  const refused = (because: RequestEnd) => {
    if (because === "offline" || because === "busy") return setTrouble(words.request.notSent[because]);
    if (because === "signed_out" || because === "not_accepted") return setTrouble(words.request.notAccepted);
    // Answered at this very moment, elsewhere.
    if (because === "changed" || because === "closed") return onDeadEnd("answered");
    onDeadEnd(because);
  };
  const follow = (outcome: Outcome) => {
    if (outcome.is === "approved") {
      kept.delete(screen.id);
      return onApproved(outcome.consent);
    }
    setBusy(false);
    if (outcome.is === "refused") return refused(outcome.because);
    if (outcome.is === "no_passkey") return setTrouble(words.passkey[outcome.trouble]);
    setRead({ screen: outcome.screen, at: secondsNow() });
    if (outcome.is === "wrong_number") {
      choose({ type: "number", number: undefined });
      toNumber();
      return setTrouble(words.request.wrongNumber(outcome.screen.missesLeft ?? 0));
    }
    if (outcome.is === "same") return;
    choose({ type: "again", notice: outcome.screen.notice });
    setTrouble(words.request.changed);
    scrollTo(0, 0);
  };
  const onApprove = async () => {
    const empty = withoutSource(choices);
    if (empty !== undefined) {
      document.getElementById(`where-${empty}`)?.scrollIntoView({ block: "center" });
      return setTrouble(words.request.choose(notice.asked[empty]?.title ?? ""));
    }
    const unsaid = withoutYes(notice, choices);
    if (unsaid !== undefined) {
      document.getElementById(`explicit-${unsaid}`)?.scrollIntoView({ block: "center" });
      return setTrouble(words.explicit.missing(notice.asked[unsaid]?.title ?? ""));
    }
    if (!isTyped(screen.missesLeft, choices)) {
      toNumber();
      return setTrouble(words.request.typeNumber);
    }
    setTrouble("");
    setBusy(true);
    follow(await approve(wallet, read, choices, secondsNow()));
  };
  const onDecline = async (notMe: boolean) => {
    setTrouble("");
    setBusy(true);
    const elsewhere = notice.began?.elsewhere === true;
    const declined = { client: notice.client.name, notMe, isChange: notice.change !== undefined, elsewhere };
    await wallet.decline(screen.id, notMe).then(
      (onward) => onDeclined(declined, onward),
      (thrown: unknown) => {
        setBusy(false);
        refused(requestEnd(thrown));
      },
    );
  };
  /** More time was taken: a fresh nonce for the same text, or whatever became of it meanwhile. Out of reach, what was read stands. */
  const onMore = async () => {
    const outcome = await readAgain(wallet, read.screen);
    if (outcome.is !== "refused" || !["offline", "busy"].includes(outcome.because)) follow(outcome);
  };

  return { screen, choices, choose, busy, trouble, onApprove, onDecline, onMore };
}

/** What was chosen before on the very same text stands; on another it is chosen anew. Either is said. */
function beginning({ screen }: Read, number: string | undefined, before: ReturnType<Kept["get"]>) {
  const fresh = { ...firstChoices(screen.notice), number };
  if (before === undefined) return { choices: fresh, trouble: "" };
  return before.noticeHash === screen.noticeHash
    ? { choices: { ...before.choices, number: number ?? before.choices.number }, trouble: words.again.kept }
    : { choices: fresh, trouble: words.again.changed };
}
