import type { RefusalKind } from "../api/refusal.ts";
import { to } from "../app/addresses.ts";
import type { Stopped } from "../app/route.ts";
import type { AskEnd } from "../elsewhere/ends.ts";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import type { RequestEnd } from "../request/ends.ts";

interface DeadEndProps {
  readonly appName: string;
  readonly because: RefusalKind | AskEnd | RequestEnd | Stopped | "over" | "no_number";
  readonly personName?: string;
  readonly onRetry?: () => unknown;
  readonly onSignOut?: () => unknown;
}

/** Where a way ends, there are words: what happened, that nothing was shared, what to do next (UX-18). */
export function DeadEnd({ appName, because, personName = "", onRetry, onSignOut }: DeadEndProps) {
  const [heading, text] = deadEndWords(because, personName);
  const passing = because === "offline" || because === "busy" || because === "no_number";
  return (
    <Screen appName={appName} title={heading}>
      <p className="lead">{text}</p>
      <div className="stack">
        {passing && onRetry !== undefined ? (
          <Press kind="yes" onPress={() => onRetry()}>
            {words.app.tryAgain}
          </Press>
        ) : (
          <a className="button yes" href={to.home}>
            {words.done.toHome}
          </a>
        )}
        {(because === "not_found" || because === "not_yours" || because === "no_number") && onSignOut !== undefined ? (
          <Press onPress={() => onSignOut()}>{words.deadEnd.signOut}</Press>
        ) : null}
        {LISTED.has(because) ? (
          <a className="button" href={to.consents}>
            {words.home.everything}
          </a>
        ) : null}
      </div>
    </Screen>
  );
}

/** What is told of in the list of all apps. */
const LISTED: ReadonlySet<DeadEndProps["because"]> = new Set(["closed", "expired", "answered", "missed", "released"]);

function deadEndWords(because: DeadEndProps["because"], personName: string): readonly [string, string] {
  switch (because) {
    case "answered":
    case "missed":
    case "released":
      return words.requestEnds[because];
    case "expired":
      return [words.deadEnd.expiredHeading, words.deadEnd.expiredText];
    case "closed":
      return [words.deadEnd.closedHeading, words.deadEnd.closedText];
    case "not_found":
      return [words.deadEnd.notFoundHeading, words.deadEnd.notFoundText(personName)];
    case "no_number":
      return [words.byLink.noneHeading, words.byLink.noneText(personName)];
    case "not_yours":
      return [words.deadEnd.notYoursHeading, words.deadEnd.notYoursText(personName)];
    case "flow":
    case "late":
    case "used":
    case "browser":
    case "app":
    case "erased":
      return words.deadEnd.stopped[because];
    case "over":
    case "cannot_ask":
    case "muted":
    case "broken_link":
      return words.deadEnd.elsewhere[because];
    case "offline":
      return [words.deadEnd.offlineHeading, words.deadEnd.offlineText];
    default:
      return [words.deadEnd.busyHeading, words.deadEnd.busyText];
  }
}
