import { sha256 } from "../../protocol/canonical-json.ts";
import type { Session } from "../../protocol/wallet.ts";
import { noted } from "../account-event.ts";
import { spendProof, verifyDpopProof } from "../dpop.ts";
import { now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Person } from "../person.ts";
import { randomId } from "../random.ts";
import { rewritten } from "../rewritten.ts";
import type { SignIn } from "../sign-ins.ts";
import { isSignedOut, SESSION_LIFE, type StandingSession, signedOut } from "../sign-out.ts";
import { me } from "./me.ts";
import { devicesLeft } from "./own-devices.ts";
import type { Wallet, WalletRequest } from "./wallet.ts";

export interface SignedIn {
  readonly personId: string;
  readonly person: Person;
  readonly session: StandingSession;
}

interface Opened extends Pick<SignedIn, "personId" | "person"> {
  readonly passkeyId: string;
  readonly described: string | undefined;
  readonly by?: SignIn["by"];
}

/** A new session: for a cookie on the web, bound to the proof's key for Navigator. */
export async function newSession(
  as: Wallet,
  request: WalletRequest,
  { personId, person, passkeyId, described, by }: Opened,
): Promise<Session & { readonly secret: string }> {
  const secret = randomId() + randomId();
  const at = now(as);
  const expiresAt = at + SESSION_LIFE;
  const proof = request.dpop === undefined ? undefined : await verifyDpopProof(as, request);
  if (proof !== undefined) await spendProof(as, proof);
  const value = { personId, passkey: passkeyId, at, jkt: proof?.jkt ?? "" };
  const session = await sha256(secret);
  await as.records.signIns.note(personId, { at, session, ...(described && { described }), ...(by && { by }) });
  await as.guards.put(`SESSION#${session}`, value, expiresAt);
  return { person: me(person), expiresAt, secret, ...(proof !== undefined && { token: secret }) };
}

/** Whose request it is. A cookie's session is not opened by a header, nor the other way round (N-43); one that was ended from elsewhere opens nothing. */
export async function signedIn(as: Wallet, request: WalletRequest): Promise<SignedIn> {
  const token = tokenOf(request);
  const secret = token ?? request.cookie;
  const hash = secret === undefined ? "" : await sha256(secret);
  const found = secret === undefined ? undefined : await as.guards.find(`SESSION#${hash}`);
  if (found === undefined) throw new OAuthError("login_required", "no session in force");
  if (token !== undefined) await proven(as, request, token, found["jkt"]);
  else if (found["jkt"] !== "") throw new OAuthError("login_required", "a bound session without its proof");
  const personId = String(found["personId"]);
  const person = await as.registry.person(personId);
  if (person?.status !== "active") throw new OAuthError("login_required", `the person is ${person?.status ?? "gone"}`);
  const session = { hash, passkey: String(found["passkey"]), at: Number(found["at"]) };
  if (isSignedOut(person, session)) throw new OAuthError("login_required", "the session was ended from elsewhere");
  return { personId, person, session };
}

/** What rings by this session is left first: afterwards nobody could. */
export async function endSession(as: Wallet, request: WalletRequest): Promise<void> {
  const who = await signedIn(as, request);
  await devicesLeft(as, who);
  await as.guards.put(`SESSION#${who.session.hash}`, {}, 0);
}

/** `POST /wallet/session/end-others`: every other session of this person ends, within the 2 seconds their record is remembered. */
export async function endOtherSessions(as: Wallet, { personId, session }: SignedIn): Promise<void> {
  const ended = { at: now(as), allBut: session.hash };
  await rewritten(as.records.people, personId, (person) => {
    const next = person && signedOut(person, ended, session);
    return next && noted(next, { at: ended.at, what: "signed_out_elsewhere" });
  });
}

const tokenOf = ({ authorization }: WalletRequest) => /^DPoP ([\w-]{44})$/i.exec(authorization ?? "")?.[1];

async function proven(as: Wallet, request: WalletRequest, token: string, jkt: unknown): Promise<void> {
  const proof = await verifyDpopProof(as, request, token);
  if (proof.jkt !== jkt) throw new OAuthError("login_required", "the session is bound to another key");
  await spendProof(as, proof);
}
