import { sha256 } from "../protocol/canonical-json.ts";
import { randomId } from "./random.ts";
import { type Seal, seal, unseal } from "./seal.ts";

/** Every kind of handle this exchange gives out (design: sealed, typed, single-use where the flow says so). */
export const handleKind = {
  authReqId: "areq", // CIBA Core §7.3
  requestUri: "par", // RFC 9126 §2.2
  browser: "browser", // the cookie of the browser a flow began in
  ask: "ask", // the way from that browser to the Wallet
  completion: "done", // and back
  link: "link", // the way from another device to that flow
  number: "number", // the link beside a number, which opens its request with the number in it
  waiting: "wait", // the page that waits for it in the browser it began in
  code: "code", // RFC 6749 §4.1.2
  ticket: "ticket", // UMA Grant §3.2
  gathering: "gather", // the way from the claims interaction endpoint to the Wallet
  persistedClaims: "pct", // UMA Grant §3.3.5
  refreshToken: "rt", // RFC 6749 §1.5
  patRefreshToken: "prt", // the same, of a protection API access token
  grant: "grant", // Grant Management §5.5
  registrationAccessToken: "rat", // RFC 7592 §3
  consent: "consent", // a consent as one Resource Server knows it
  notification: "note", // the id of a push
  recovery: "recover", // what the browser keeps that asked to recover an account
  loginChallenge: "login", // a WebAuthn ceremony
  screenNonce: "screen", // a request screen as it was shown
} as const;

export type HandleKind = (typeof handleKind)[keyof typeof handleKind];

export interface OpenedHandle {
  readonly id: string;
  /** SHA-256 of the secret, as records store it. */
  readonly hash: string;
  /** When it was made. */
  readonly at: number;
}

/** A new handle on a record: 128 bits of secret beside the id; two handles of one record share nothing outside. */
export async function newHandle(
  as: Seal,
  kind: HandleKind,
  id: string,
  now: number,
): Promise<{ handle: string; hash: string }> {
  const secret = randomId();
  const sealing = seal(as, kind, `${secret}.${now.toString(36)}.${id}`);
  const [handle, hash] = await Promise.all([sealing, sha256(secret)]);
  return { handle, hash };
}

/** A bad seal and another kind are simply undefined; the caller treats an unknown record and a wrong secret alike. */
export async function openHandle(as: Seal, kind: HandleKind, handle: string): Promise<OpenedHandle | undefined> {
  const [secret, at, ...id] = (await unseal(as, kind, handle))?.split(".") ?? [];
  if (secret === undefined || at === undefined) return undefined;
  return { id: id.join("."), hash: await sha256(secret), at: Number.parseInt(at, 36) };
}

/** Over all characters, whatever differs first. */
export function sameHash(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let n = 0; n < a.length; n++) difference |= a.charCodeAt(n) ^ b.charCodeAt(n % Math.max(1, b.length));
  return difference === 0;
}
