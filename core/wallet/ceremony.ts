import { sha256 } from "../../protocol/canonical-json.ts";
import {
  type CeremonyOptions,
  type Confirmation,
  type ConfirmedAct,
  ConfirmRequest,
} from "../../protocol/wallet-ceremonies.ts";
import { now } from "../exchange.ts";
import { handleKind } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Passkey } from "../person.ts";
import { rewritten } from "../rewritten.ts";
import { seal, unseal } from "../seal.ts";
import type { Stored } from "../store.ts";
import { parsedBody } from "./body.ts";
import type { SignedIn } from "./session.ts";
import type { Ceremony, KnownPasskey, Wallet, WalletRequest } from "./wallet.ts";

/** Seconds for one ceremony. */
const LIFE = 300;
/** Seconds after which a use is noted again where the sign count does not ask for a write. */
const NOTED = 3_600;

interface Started {
  readonly challenge: string;
  readonly expiresAt: number;
  /** What it is for: it serves nothing else (N-73). */
  readonly act: string;
  /** Whose account, where that is known before. */
  readonly personId?: string;
}

/** The options for the browser, and what brings the challenge back. */
export async function begun(
  as: Wallet,
  { options, challenge }: Ceremony,
  act: string,
  personId?: string,
): Promise<CeremonyOptions> {
  const started: Started = { challenge, act, expiresAt: now(as) + LIFE, ...(personId !== undefined && { personId }) };
  return { options, challenge: await seal(as, handleKind.loginChallenge, JSON.stringify(started)) };
}

/** Each challenge once, within its time, for what it was made for. */
export async function finished(as: Wallet, sealed: string, act: string): Promise<Started> {
  const text = await unseal(as, handleKind.loginChallenge, sealed);
  const started = text === undefined ? undefined : (JSON.parse(text) as Started);
  if (started === undefined || started.expiresAt <= now(as)) throw refused("no challenge in force");
  if (started.act !== act) throw refused("a challenge of another ceremony");
  if ((await as.guards.once(`ONCE#login#${await sha256(started.challenge)}`, started.expiresAt)) === "seen")
    throw refused("the challenge was used before");
  return started;
}

/** `POST /wallet/confirm/options`: a passkey of this person, for this act. */
export async function confirmOptions(as: Wallet, who: SignedIn, request: WalletRequest): Promise<CeremonyOptions> {
  const { act, about } = parsedBody(ConfirmRequest, request);
  const options = await as.webAuthn.authenticationOptions(await knownPasskeys(as, who));
  return begun(as, options, confirmedAct(act, about), who.personId);
}

/** The person confirmed just now, with a passkey of theirs, that this is what they want; the session alone is not enough. */
export async function confirmed(
  as: Wallet,
  who: SignedIn,
  { challenge, response }: Confirmation,
  act: ConfirmedAct,
  about = "",
): Promise<void> {
  const started = await finished(as, challenge, confirmedAct(act, about));
  if (started.personId !== who.personId) throw refused("a challenge for somebody else");
  await verifiedPerson(as, response, started.challenge, who);
}

const confirmedAct = (act: ConfirmedAct, about: string) => `confirm ${act} ${about}`;

/** The person's passkeys as a browser must know them. */
export async function knownPasskeys(
  as: Wallet,
  { personId }: Pick<SignedIn, "personId">,
): Promise<readonly KnownPasskey[]> {
  const { passkeys = [] } = (await as.records.people.find(personId))?.value ?? {};
  const found = await Promise.all(passkeys.map(async (id) => ({ id, stored: await as.records.passkeys.find(id) })));
  return found.flatMap(({ id, stored }) => (stored === undefined ? [] : [{ id, transports: stored.value.transports }]));
}

/**
 * Whose passkey answered this challenge, with user verification; `expected` refuses everybody else's, and one its person removed. A new sign count is kept, so that a copy's
 * older one is refused.
 */
export async function verifiedPerson(
  as: Wallet,
  response: Confirmation["response"],
  challenge: string,
  expected?: SignedIn,
): Promise<string> {
  const stored = await as.records.passkeys.find(response.id);
  if (stored === undefined) throw refused("unknown passkey");
  if (expected !== undefined) await isTheirs(as, expected, response.id, stored.value);
  const verified = await as.webAuthn.verifyAuthentication(response, challenge, response.id, stored.value);
  if (verified === undefined) throw refused("the assertion does not verify");
  await noted(as, response.id, stored, verified.counter);
  return stored.value.personId;
}

/** What the registry knows of the person may be two seconds old: a passkey it does not name is looked for in the record. */
async function isTheirs(as: Wallet, { personId, person }: SignedIn, id: string, passkey: Passkey): Promise<void> {
  if (passkey.personId !== personId) throw refused("somebody else's passkey");
  if (person.passkeys.includes(id)) return;
  const { passkeys = [] } = (await as.records.people.find(personId))?.value ?? {};
  if (!passkeys.includes(id)) throw refused("a passkey that was removed");
}

/** That it was used, and its count. Of two uses of one count, one is refused. */
async function noted(as: Wallet, id: string, stored: Stored<Passkey>, counter: number): Promise<void> {
  const { counter: before, lastUsedAt = 0 } = stored.value;
  if (counter === before && now(as) < lastUsedAt + NOTED) return;
  const next = (passkey: Passkey): Passkey => ({ ...passkey, counter, lastUsedAt: now(as) });
  if ((await as.records.passkeys.replace(id, stored, next(stored.value))) === "replaced" || counter === before) return;
  await rewritten(as.records.passkeys, id, (passkey) => {
    if (passkey?.counter !== before) throw refused("the passkey was used concurrently");
    return next(passkey);
  });
}

/** A ceremony that did not work, for whatever reason: 401, as without a session. */
export function refused(reason: string) {
  return new OAuthError("login_required", `passkey: ${reason}`);
}
