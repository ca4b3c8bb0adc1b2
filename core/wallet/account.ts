import { base64url } from "../../protocol/canonical-json.ts";
import { AccountOptionsRequest, AccountRequest, SessionRequest } from "../../protocol/wallet.ts";
import type { CeremonyOptions } from "../../protocol/wallet-ceremonies.ts";
import { now } from "../exchange.ts";
import type { Person } from "../person.ts";
import { randomId } from "../random.ts";
import { parsedBody } from "./body.ts";
import { begun, finished, refused, verifiedPerson } from "./ceremony.ts";
import { newPasskey } from "./passkeys.ts";
import { newSession } from "./session.ts";
import type { Wallet, WalletRequest } from "./wallet.ts";

/** WebAuthn §7.1 step 1. */
export async function accountOptions(as: Wallet, request: WalletRequest): Promise<CeremonyOptions> {
  const { name } = parsedBody(AccountOptionsRequest, request);
  const personId = randomId();
  return begun(as, await as.webAuthn.registrationOptions(personId, name, []), "create_account", personId);
}

/** WebAuthn §7.2 step 1: no names asked, the authenticator knows whose passkey it is. */
export async function sessionOptions(as: Wallet): Promise<CeremonyOptions> {
  return begun(as, await as.webAuthn.authenticationOptions(), "sign_in");
}

/** A new person with a first passkey; signed in. The passkey is inserted before the person it opens. */
export async function createAccount(as: Wallet, request: WalletRequest) {
  const { name, passkeyName, challenge, response } = parsedBody(AccountRequest, request);
  const { personId = "", ...ceremony } = await finished(as, challenge, "create_account");
  const passkeyId = await newPasskey(as, personId, response, ceremony.challenge, passkeyName);

  const pairwiseKey = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const person: Person = {
    status: "active",
    name,
    pairwiseKey,
    createdAt: now(as),
    passkeys: [passkeyId],
    blocked: [],
  };
  await as.records.people.insert(personId, person);
  return newSession(as, request, { personId, person, passkeyId, described: passkeyName, by: "account" });
}

/** WebAuthn §7.2. The passkey is one its person still names. */
export async function signIn(as: Wallet, request: WalletRequest) {
  const { challenge, response, described } = parsedBody(SessionRequest, request);
  const ceremony = await finished(as, challenge, "sign_in");
  const personId = await verifiedPerson(as, response, ceremony.challenge);
  const person = (await as.records.people.find(personId))?.value;
  if (person?.status !== "active") throw refused(`the person is ${person?.status ?? "gone"}`);
  if (!person.passkeys.includes(response.id)) throw refused("a passkey that was removed");
  return newSession(as, request, { personId, person, passkeyId: response.id, described });
}
