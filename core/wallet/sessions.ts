import type { SessionView } from "../../protocol/wallet-sessions.ts";
import { noted } from "../account-event.ts";
import { now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import { rewritten } from "../rewritten.ts";
import { isSignedOut, SESSION_LIFE, signedOut } from "../sign-out.ts";
import { devicesLeft } from "./own-devices.ts";
import type { SignedIn } from "./session.ts";
import type { Wallet } from "./wallet.ts";

/** `GET /wallet/sessions`: those that still open something. */
export async function listSessions(
  as: Wallet,
  { personId, session: own }: SignedIn,
): Promise<{ readonly sessions: readonly SessionView[] }> {
  const [begun, person] = await Promise.all([
    as.records.signIns.since(personId, now(as) - SESSION_LIFE),
    as.records.people.find(personId),
  ]);
  const { signOuts = [] } = person?.value ?? {};
  const sessions = await Promise.all(
    begun.map(async ({ session: hash, at, described }): Promise<SessionView | undefined> => {
      const found = await as.guards.find(`SESSION#${hash}`);
      if (found === undefined || isSignedOut({ signOuts }, { hash, at, passkey: String(found["passkey"]) })) return;
      const thisOne = hash === own.hash && { thisOne: true as const };
      return { id: hash, at, ...(described !== undefined && { name: described }), ...thisOne };
    }),
  );
  return { sessions: sessions.filter((one) => one !== undefined) };
}

/** `DELETE /wallet/sessions/{id}`: what rings by it goes first, so that a session still listed can be ended again. One's own is signed out of, not ended from afar. */
export async function endOneSession(as: Wallet, who: SignedIn, id: string): Promise<void> {
  const { sessions } = await listSessions(as, who);
  const ended = sessions.find((one) => one.id === id);
  if (ended === undefined) throw new OAuthError("not_found", "no session of this person in force");
  if (ended.thisOne) throw new OAuthError("unprocessable", "a session is not ended by itself this way");
  await devicesLeft(as, { personId: who.personId, session: { hash: id } });
  const at = now(as);
  await rewritten(as.records.people, who.personId, (person) => {
    const next = person && signedOut(person, { at, session: id }, who.session);
    return next && noted(next, { at, what: "session_ended", device: ended.name });
  });
}
