import type { Person } from "./person.ts";

/** Seconds a session lasts: half a day. */
export const SESSION_LIFE = 43_200;

/** Which sessions were ended from elsewhere: those a passkey opened, one by the hash of its secret, or all that began until then but one. */
export type SignOut = { readonly at: number } & (
  | { readonly passkey: string }
  | { readonly session: string }
  | { readonly allBut: string }
);

/** A session as it stands in its guard; `hash` is of its secret. */
export interface StandingSession {
  readonly hash: string;
  /** The passkey it began with. */
  readonly passkey: string;
  readonly at: number;
}

/** So many are kept; one more ends every other session, too. */
const KEPT = 20;

/** The person with these sessions ended. Ending all others says everything that was said before; what outlived every session is forgotten. */
export function signedOut(person: Person, ended: SignOut, own: Pick<StandingSession, "hash">): Person {
  const { signOuts = [] } = person;
  if ("allBut" in ended) return { ...person, signOuts: [ended] };
  const kept = [ended, ...signOuts.filter(({ at }) => ended.at < at + SESSION_LIFE)];
  return { ...person, signOuts: kept.length > KEPT ? [{ at: ended.at, allBut: own.hash }] : kept };
}

/** Whether this session was ended from elsewhere. */
export function isSignedOut({ signOuts = [] }: Pick<Person, "signOuts">, session: StandingSession): boolean {
  return signOuts.some((ended) => {
    if ("passkey" in ended) return ended.passkey === session.passkey;
    if ("session" in ended) return ended.session === session.hash;
    return ended.allBut !== session.hash && session.at <= ended.at;
  });
}
