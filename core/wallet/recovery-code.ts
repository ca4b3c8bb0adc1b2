import { Confirmation } from "../../protocol/wallet-ceremonies.ts";
import type { RecoveryCode, RecoveryStanding } from "../../protocol/wallet-recovery.ts";
import { noted } from "../account-event.ts";
import { now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Person } from "../person.ts";
import { randomRecoveryCode } from "../random.ts";
import {
  type CodeParts,
  pointerOf,
  type Recovery,
  recoveryCodeParts,
  sealedRecoveryCode,
  stopped,
  windowOf,
  withCode,
} from "../recovery.ts";
import { removed } from "../rewritten.ts";
import { parsedBody } from "./body.ts";
import { confirmed } from "./ceremony.ts";
import { changedPerson } from "./changed-person.ts";
import type { SignedIn } from "./session.ts";
import type { Wallet, WalletRequest } from "./wallet.ts";

/** How it stands, for its person. */
export function recoveryStanding({ codeMadeAt, declined, asked }: Recovery): RecoveryStanding {
  return {
    ...(codeMadeAt !== undefined && { codeMadeAt }),
    ...(declined && { declined }),
    ...(asked && { asked: { at: asked.at, ...windowOf(asked) } }),
  };
}

/** `POST /wallet/me/recovery-code`: told once; what finds it is inserted before it counts, and the one before is void. */
export async function newRecoveryCode(as: Wallet, who: SignedIn, request: WalletRequest): Promise<RecoveryCode> {
  await confirmed(as, who, parsedBody(Confirmation, request), "recovery_code");
  const { code, parts } = await claimedCode(as, who.personId);
  const kept = await sealedRecoveryCode(as, who.personId, parts);
  const madeAt = now(as);
  await changed(as, who, (person) => noted(withCode(person, kept, madeAt), { at: madeAt, what: "recovery_code_made" }));
  return { code, madeAt };
}

/** `POST /wallet/me/recovery/decline`: "not now" to making one. */
export function declineRecoveryCode(as: Wallet, who: SignedIn): Promise<Person> {
  return changed(as, who, (person) => ({ ...person, recovery: { ...person.recovery, declined: true } }));
}

/** `POST /wallet/me/recovery/stop`: one tap. A session is enough: it takes away only what somebody else may be using. */
export function stopRecovery(as: Wallet, who: SignedIn): Promise<Person> {
  const event = { at: now(as), what: "recovery_stopped" } as const;
  return changed(as, who, (person) =>
    person.recovery?.asked === undefined ? stopped(person) : noted(stopped(person), event),
  );
}

async function claimedCode(as: Wallet, personId: string): Promise<{ code: string; parts: CodeParts }> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const code = randomRecoveryCode();
    const parts = await recoveryCodeParts(code);
    if (parts && (await as.records.names.insert(parts.pointer, { to: personId })) === "inserted")
      return { code, parts };
  }
  throw new OAuthError("temporarily_unavailable", "five codes of the same beginning", {
    headers: { "retry-after": "1" },
  });
}

/** A code that is void leads nowhere any more. */
async function changed(as: Wallet, { personId }: SignedIn, change: (person: Person) => Person): Promise<Person> {
  let before: Recovery = {};
  const person = await changedPerson(as, personId, (known) => {
    before = known.recovery ?? {};
    return change(known);
  });
  if (before.code !== person.recovery?.code) await released(as, personId, before);
  return person;
}

/** What finds a code that is void is taken away; left behind, it finds a person whose code is another. */
export async function released(as: Wallet, personId: string, before: Recovery): Promise<void> {
  const pointer = await pointerOf(as, before);
  if (pointer !== undefined) await removed(as.records.names, pointer, ({ to }) => to === personId);
}
