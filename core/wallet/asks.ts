import type { Onward, TakenAsk } from "../../protocol/wallet.ts";
import { askPerson, clientMayAsk, mayBeAsked } from "../ask.ts";
import type { Consent } from "../consent.ts";
import type { Exchange } from "../exchange.ts";
import { now } from "../exchange.ts";
import { handleKind, newHandle, openHandle } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import type { SignedIn } from "./session.ts";

/** `POST /wallet/asks/{id}`: the person signed in here is the one a flow of this browser asks. The first who says so is; for anybody else it is gone. */
export async function takeAsk(as: Exchange, { personId, person }: SignedIn, ask: string): Promise<TakenAsk> {
  const handle = await openHandle(as, handleKind.ask, ask);
  const stored = handle && (await as.records.requests.find(handle.id));
  if (handle === undefined || stored?.value.redirect === undefined) throw new OAuthError("not_found", "no such flow");
  const { state, expiresAt, consentId, clientId } = stored.value;
  if (now(as) >= expiresAt || state === "ended" || state === "redeemed")
    throw new OAuthError("gone", `the flow is ${state} or late`);
  if (!(await clientMayAsk(as, clientId))) throw new OAuthError("gone", `${clientId} is not active`);
  if (stored.value.personId === personId) return { id: consentId };
  if (state !== "received" || !mayBeAsked(person, clientId, now(as)))
    throw new OAuthError("gone", "another person's, or blocked");
  if ((await askPerson(as, handle.id, stored, personId)) === "conflict")
    throw new OAuthError("conflict", "asked concurrently");
  return { id: consentId };
}

/** Where the person's browser goes after the answer, for a flow of the redirect door. */
export async function onward(
  as: Exchange,
  { requestId, door }: Pick<Consent, "requestId" | "door">,
): Promise<Onward | undefined> {
  if (door !== "redirect") return undefined;
  const { handle } = await newHandle(as, handleKind.completion, requestId, now(as));
  return { continueAt: `${as.issuer}/authorize/resume?completion=${handle}` };
}
