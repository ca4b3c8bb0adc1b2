import type { CeremonyOptions } from "../../protocol/wallet-ceremonies.ts";
import {
  type BegunRecovery,
  RecoveredRequest,
  RecoveryRequest,
  type RecoveryWait,
} from "../../protocol/wallet-recovery.ts";
import { noted } from "../account-event.ts";
import { now } from "../exchange.ts";
import { handleKind, newHandle, openHandle, sameHash } from "../handles.ts";
import { withinLimit } from "../limit.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Person } from "../person.ts";
import {
  type AskedRecovery,
  isRecoveryCode,
  type Recovery,
  recoveryCodeParts,
  standingOf,
  unasked,
  windowOf,
} from "../recovery.ts";
import { rewritten } from "../rewritten.ts";
import { signedOut } from "../sign-out.ts";
import { parsedBody } from "./body.ts";
import { begun, finished, knownPasskeys } from "./ceremony.ts";
import { newPasskey } from "./passkeys.ts";
import { released } from "./recovery-code.ts";
import { newSession } from "./session.ts";
import type { Wallet, WalletRequest } from "./wallet.ts";

/** Tries in an hour at codes of one beginning, whether or not there is one. */
const TRIES = { most: 5, window: 3_600, description: "Too many tries. Wait an hour." };

/**
 * `POST /wallet/recovery`: the code alone leads to the account, and opens nothing yet. Whatever is not a code in force is refused alike, after the same reads. A second
 * ask takes the place of the first and waits anew: whoever else has the code gains nothing by being early.
 */
export async function askRecovery(as: Wallet, request: WalletRequest): Promise<BegunRecovery> {
  const parts = await recoveryCodeParts(parsedBody(RecoveryRequest, request).code);
  if (parts === undefined) throw wrong("what was typed cannot be a code");
  await withinLimit(as, `recovery ${parts.pointer}`, TRIES);

  const personId = (await as.records.names.find(parts.pointer))?.value.to ?? "nobody";
  const person = (await as.records.people.find(personId))?.value;
  const isTheirs = await isRecoveryCode(as, personId, person?.recovery ?? {}, parts);
  if (person?.status !== "active" || !isTheirs) throw wrong(`no code of a person who is ${person?.status ?? "known"}`);

  const { handle, hash } = await newHandle(as, handleKind.recovery, personId, now(as));
  const asked: AskedRecovery = { hash, at: now(as) };
  // What began before ends first, so that each ask is a new state, of which the devices hear.
  if (person.recovery?.asked !== undefined)
    await rewritten(as.records.people, personId, (known) => known && unasked(known));
  await rewritten(as.records.people, personId, (known) => {
    if (known?.recovery?.code !== person.recovery?.code) throw wrong("the code became void meanwhile");
    if (known === undefined) return undefined;
    return noted({ ...known, recovery: { ...known.recovery, asked } }, { at: asked.at, what: "recovery_asked" });
  });
  return { recovery: handle, ...windowOf(asked) };
}

/** `GET /wallet/recovery/{id}`: until when it waits. */
export async function showRecovery(as: Wallet, handle: string): Promise<RecoveryWait> {
  return windowOf((await begunRecovery(as, handle)).asked);
}

/** `POST /wallet/recovery/{id}/options`, WebAuthn §7.1 step 1: once it is open. */
export async function recoveryOptions(as: Wallet, handle: string): Promise<CeremonyOptions> {
  const { personId, person, asked } = await openRecovery(as, handle);
  const known = await knownPasskeys(as, { personId });
  return begun(as, await as.webAuthn.registrationOptions(personId, person.name, known), actOf(asked), personId);
}

/** `POST /wallet/recovery/{id}`: a new passkey, signed in with it; every session from before ends, and the code is spent. Of this and a stop one wins. */
export async function recover(as: Wallet, request: WalletRequest, handle: string) {
  const { name, challenge, response } = parsedBody(RecoveredRequest, request);
  const { personId, asked, recovery } = await openRecovery(as, handle);
  const ceremony = await finished(as, challenge, actOf(asked));
  const passkeyId = await newPasskey(as, personId, response, ceremony.challenge, name);
  const person = await rewritten(as.records.people, personId, (known) => {
    if (known?.status !== "active" || !isAsked(known.recovery, asked.hash)) throw gone("it was stopped meanwhile");
    const next = { ...known, passkeys: [...known.passkeys, passkeyId], recovery: {} };
    const left = signedOut(next, { at: now(as) - 1, allBut: "" }, { hash: "" });
    return noted(left, { at: now(as), what: "recovered", device: name });
  });
  if (person === undefined) throw gone("the person is gone");
  await released(as, personId, recovery);
  return newSession(as, request, { personId, person, passkeyId, described: name, by: "recovery" });
}

const actOf = ({ hash }: AskedRecovery) => `recover ${hash}`;

async function openRecovery(as: Wallet, handle: string) {
  const found = await begunRecovery(as, handle);
  if (standingOf(found.asked, now(as)) !== "open") throw new OAuthError("unprocessable", "recovery: it still waits");
  return found;
}

/** Whose account a browser may recover: what it holds is the last that was asked, neither stopped nor over. */
async function begunRecovery(
  as: Wallet,
  handle: string,
): Promise<{ personId: string; person: Person; recovery: Recovery; asked: AskedRecovery }> {
  const opened = await openHandle(as, handleKind.recovery, handle);
  const person = opened && (await as.records.people.find(opened.id))?.value;
  const { recovery = {} } = person ?? {};
  const { asked } = recovery;
  if (person?.status !== "active" || opened === undefined || asked === undefined) throw gone("nothing is asked");
  if (!isAsked(recovery, opened.hash)) throw gone("another browser asked since");
  if (standingOf(asked, now(as)) === "over") throw gone("its time ran out");
  return { personId: opened.id, person, recovery, asked };
}

const isAsked = (recovery: Recovery | undefined, hash: string) =>
  recovery?.asked !== undefined && sameHash(recovery.asked.hash, hash);

const wrong = (reason: string) => new OAuthError("unprocessable", `recovery: ${reason}`);
const gone = (reason: string) => new OAuthError("not_found", `recovery: ${reason}`);
