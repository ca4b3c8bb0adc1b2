import { sha256 } from "../../protocol/canonical-json.ts";
import type { Session } from "../../protocol/wallet.ts";
import { spendProof, verifyDpopProof } from "../dpop.ts";
import { now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Person } from "../person.ts";
import { randomId } from "../random.ts";
import { me } from "./me.ts";
import type { Wallet, WalletRequest } from "./wallet.ts";

/** Seconds a session lasts: half a day. */
const LIFE = 43_200;

export interface SignedIn {
  readonly personId: string;
  readonly person: Person;
}

/** A new session: for a cookie on the web, bound to the proof's key for Navigator. */
export async function newSession(
  as: Wallet,
  request: WalletRequest,
  { personId, person }: SignedIn,
): Promise<Session & { readonly secret: string }> {
  const secret = randomId() + randomId();
  const expiresAt = now(as) + LIFE;
  const proof = request.dpop === undefined ? undefined : await verifyDpopProof(as, request);
  if (proof !== undefined) await spendProof(as, proof);
  await as.guards.put(await sessionKey(secret), { personId, jkt: proof?.jkt ?? "" }, expiresAt);
  return { person: me(person), expiresAt, secret, ...(proof !== undefined && { token: secret }) };
}

/** Whose request it is. A cookie's session is not opened by a header, nor the other way round (N-43). */
export async function signedIn(as: Wallet, request: WalletRequest): Promise<SignedIn> {
  const token = /^DPoP ([\w-]{44})$/i.exec(request.authorization ?? "")?.[1];
  const secret = token ?? request.cookie;
  const session = secret === undefined ? undefined : await as.guards.find(await sessionKey(secret));
  if (session === undefined) throw new OAuthError("login_required", "no session in force");
  if (token !== undefined) await proven(as, request, token, session["jkt"]);
  else if (session["jkt"] !== "") throw new OAuthError("login_required", "a bound session without its proof");
  const personId = String(session["personId"]);
  const person = await as.registry.person(personId);
  if (person?.status !== "active") throw new OAuthError("login_required", `the person is ${person?.status ?? "gone"}`);
  return { personId, person };
}

export async function endSession(as: Wallet, request: WalletRequest): Promise<void> {
  await signedIn(as, request);
  const secret = /^DPoP ([\w-]{44})$/i.exec(request.authorization ?? "")?.[1] ?? request.cookie;
  if (secret !== undefined) await as.guards.put(await sessionKey(secret), {}, 0);
}

async function proven(as: Wallet, request: WalletRequest, token: string, jkt: unknown): Promise<void> {
  const proof = await verifyDpopProof(as, request, token);
  if (proof.jkt !== jkt) throw new OAuthError("login_required", "the session is bound to another key");
  await spendProof(as, proof);
}

async function sessionKey(secret: string): Promise<string> {
  return `SESSION#${await sha256(secret)}`;
}
