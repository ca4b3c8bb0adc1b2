import type * as v from "valibot";
import { base64url, sha256 } from "../../protocol/canonical-json.ts";
import { AccountOptionsRequest, AccountRequest, type CeremonyOptions, SessionRequest } from "../../protocol/wallet.ts";
import { now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Person } from "../person.ts";
import { randomId } from "../random.ts";
import { seal, unseal } from "../seal.ts";
import { parsedBody } from "./body.ts";
import { newSession, type SignedIn } from "./session.ts";
import type { Ceremony, Wallet, WalletRequest } from "./wallet.ts";

/** Seconds for one ceremony. */
const LIFE = 300;

interface Started {
  readonly challenge: string;
  readonly expiresAt: number;
  /** Of the account being made. */
  readonly personId?: string;
}

/** WebAuthn §7.1 step 1. */
export async function accountOptions(as: Wallet, request: WalletRequest): Promise<CeremonyOptions> {
  const { name } = parsedBody(AccountOptionsRequest, request);
  const personId = randomId();
  return begun(as, await as.webAuthn.registrationOptions(personId, name), personId);
}

/** WebAuthn §7.2 step 1: no names asked, the authenticator knows whose passkey it is. */
export async function sessionOptions(as: Wallet): Promise<CeremonyOptions> {
  return begun(as, await as.webAuthn.authenticationOptions());
}

/** A new person with a first passkey; signed in. The passkey is inserted before the person it opens. */
export async function createAccount(as: Wallet, request: WalletRequest) {
  const { name, challenge, response } = parsedBody(AccountRequest, request);
  const { personId, ...ceremony } = await finished(as, challenge);
  const passkey = await as.webAuthn.verifyRegistration(response, ceremony.challenge);
  if (passkey === undefined || personId === undefined) throw refused("the registration does not verify");

  const createdAt = now(as);
  const { id, ...rest } = passkey;
  if ((await as.records.passkeys.insert(id, { ...rest, personId, createdAt })) === "exists")
    throw refused("the passkey is registered already");
  const pairwiseKey = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const person: Person = { status: "active", name, pairwiseKey, createdAt, blocked: [] };
  await as.records.people.insert(personId, person);
  return newSession(as, request, { personId, person });
}

/** WebAuthn §7.2. */
export async function signIn(as: Wallet, request: WalletRequest) {
  const { challenge, response } = parsedBody(SessionRequest, request);
  const ceremony = await finished(as, challenge);
  const personId = await verifiedPerson(as, response, ceremony.challenge);
  const person = (await as.records.people.find(personId))?.value;
  if (person?.status !== "active") throw refused(`the person is ${person?.status ?? "gone"}`);
  return newSession(as, request, { personId, person });
}

/** Whose passkey answered this challenge, with user verification; `expected` refuses everybody else's. A new sign count is kept, so that a copy's older one is refused. */
export async function verifiedPerson(
  as: Wallet,
  response: v.InferOutput<typeof SessionRequest>["response"],
  challenge: string,
  expected?: SignedIn,
): Promise<string> {
  const stored = await as.records.passkeys.find(response.id);
  if (stored === undefined) throw refused("unknown passkey");
  if (expected !== undefined && stored.value.personId !== expected.personId) throw refused("somebody else's passkey");
  const verified = await as.webAuthn.verifyAuthentication(response, challenge, response.id, stored.value);
  if (verified === undefined) throw refused("the assertion does not verify");
  if (verified.counter !== stored.value.counter) {
    const next = { ...stored.value, counter: verified.counter };
    if ((await as.records.passkeys.replace(response.id, stored, next)) === "conflict")
      throw refused("the passkey was used concurrently");
  }
  return stored.value.personId;
}

async function begun(as: Wallet, { options, challenge }: Ceremony, personId?: string): Promise<CeremonyOptions> {
  const started: Started = { challenge, expiresAt: now(as) + LIFE, ...(personId !== undefined && { personId }) };
  return { options, challenge: await seal(as, "login", JSON.stringify(started)) };
}

/** Each challenge once, within its time. */
async function finished(as: Wallet, sealed: string): Promise<Started> {
  const text = await unseal(as, "login", sealed);
  const started = text === undefined ? undefined : (JSON.parse(text) as Started);
  if (started === undefined || started.expiresAt <= now(as)) throw refused("no challenge in force");
  if ((await as.guards.once(`ONCE#login#${await sha256(started.challenge)}`, started.expiresAt)) === "seen")
    throw refused("the challenge was used before");
  return started;
}

function refused(reason: string) {
  return new OAuthError("login_required", `passkey: ${reason}`);
}
