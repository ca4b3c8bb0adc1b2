import type * as v from "valibot";
import { type CeremonyOptions, Confirmation } from "../../protocol/wallet-ceremonies.ts";
import { PasskeyRequest, type PasskeyView, RenameRequest } from "../../protocol/wallet-passkeys.ts";
import { noted } from "../account-event.ts";
import { now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Passkey, Person } from "../person.ts";
import { removed, rewritten } from "../rewritten.ts";
import { signedOut } from "../sign-out.ts";
import { parsedBody } from "./body.ts";
import { begun, confirmed, finished, knownPasskeys, refused } from "./ceremony.ts";
import { changedPerson } from "./changed-person.ts";
import type { SignedIn } from "./session.ts";
import type { Wallet, WalletRequest } from "./wallet.ts";

/** Enough for every device of a person, and few enough for one record. */
const MOST = 20;

interface Listed {
  readonly passkeys: readonly PasskeyView[];
}

/** `GET /wallet/passkeys`. */
export async function listPasskeys(as: Wallet, who: SignedIn): Promise<Listed> {
  const { passkeys } = await personOf(as, who);
  const found = await Promise.all(
    passkeys.map(async (id) => ({ id, value: (await as.records.passkeys.find(id))?.value })),
  );
  return { passkeys: found.flatMap(({ id, value }) => (value === undefined ? [] : [viewOf(id, value, who)])) };
}

/** `POST /wallet/passkeys/options`, WebAuthn §7.1 step 1: another passkey of a person who just showed one. */
export async function passkeyOptions(as: Wallet, who: SignedIn, request: WalletRequest): Promise<CeremonyOptions> {
  await confirmed(as, who, parsedBody(Confirmation, request), "add_passkey");
  const known = await knownPasskeys(as, who);
  const { personId, person } = who;
  return begun(as, await as.webAuthn.registrationOptions(personId, person.name, known), "add_passkey", personId);
}

/** `POST /wallet/passkeys`: the passkey is inserted before its person names it, and opens nothing until then. */
export async function addPasskey(as: Wallet, who: SignedIn, request: WalletRequest): Promise<Listed> {
  const { name, challenge, response } = parsedBody(PasskeyRequest, request);
  const ceremony = await finished(as, challenge, "add_passkey");
  if (ceremony.personId !== who.personId) throw refused("a challenge for somebody else");
  const id = await newPasskey(as, who.personId, response, ceremony.challenge, name);
  await changedPerson(as, who.personId, (person) => {
    if (person.passkeys.length >= MOST) throw new OAuthError("unprocessable", `more than ${MOST} passkeys`);
    return { ...person, passkeys: [...person.passkeys, id] };
  });
  return listPasskeys(as, who);
}

/** `PUT /wallet/passkeys/{id}`. */
export async function renamePasskey(as: Wallet, who: SignedIn, request: WalletRequest, id: string): Promise<void> {
  const { name } = parsedBody(RenameRequest, request);
  if (!(await personOf(as, who)).passkeys.includes(id)) throw unknown();
  await rewritten(as.records.passkeys, id, (passkey) => passkey && { ...passkey, name });
}

/** `POST /wallet/passkeys/{id}/remove`: it opens nothing any more, what it opened ends, and one always stays. */
export async function removePasskey(as: Wallet, who: SignedIn, request: WalletRequest, id: string): Promise<Listed> {
  await confirmed(as, who, parsedBody(Confirmation, request), "remove_passkey", id);
  const passkey = (await as.records.passkeys.find(id))?.value;
  const gone = { what: "passkey_removed", device: passkey?.name, since: passkey?.createdAt } as const;
  await changedPerson(as, who.personId, (person) => {
    if (!person.passkeys.includes(id)) throw unknown();
    if (person.passkeys.length === 1) throw new OAuthError("unprocessable", "the last passkey stays");
    const left = { ...person, passkeys: person.passkeys.filter((known) => known !== id) };
    return noted(signedOut(left, { at: now(as), passkey: id }, who.session), { at: now(as), ...gone });
  });
  await removed(as.records.passkeys, id, ({ personId }) => personId === who.personId);
  return listPasskeys(as, who);
}

/** WebAuthn §7.1: verified and kept, with nobody's account opened by it yet. */
export async function newPasskey(
  as: Wallet,
  personId: string,
  response: v.InferOutput<typeof PasskeyRequest>["response"],
  challenge: string,
  name: string | undefined,
): Promise<string> {
  const verified = await as.webAuthn.verifyRegistration(response, challenge);
  if (verified === undefined) throw refused("the registration does not verify");
  const { id, ...made } = verified;
  const passkey: Passkey = { ...made, personId, createdAt: now(as), ...(name !== undefined && { name }) };
  if ((await as.records.passkeys.insert(id, passkey)) === "exists") throw refused("the passkey is registered already");
  return id;
}

function viewOf(id: string, { name, createdAt, lastUsedAt, synced }: Passkey, who: SignedIn): PasskeyView {
  return {
    id,
    createdAt,
    ...(name !== undefined && { name }),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
    ...(synced && { synced: true as const }),
    ...(who.session.passkey === id && { thisOne: true as const }),
  };
}

async function personOf(as: Wallet, { personId }: SignedIn): Promise<Person> {
  const person = (await as.records.people.find(personId))?.value;
  if (person === undefined) throw unknown();
  return person;
}

function unknown() {
  return new OAuthError("not_found", "no such passkey, or no such person");
}
