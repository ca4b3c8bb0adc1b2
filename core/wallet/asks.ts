import type { Onward } from "../../protocol/wallet.ts";
import type { AskView, TakenAsk } from "../../protocol/wallet-asks.ts";
import { askPerson, clientMayAsk, mayBeAsked } from "../ask.ts";
import { type AuthorizationRequest, asked, asksToLink, keptHere } from "../authorization-request.ts";
import { type Ask, isElsewhere } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, newHandle, openHandle } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Stored } from "../store.ts";
import { claimsCompletion } from "./claims.ts";
import type { SignedIn } from "./session.ts";

interface OpenAsk {
  readonly id: string;
  /** By the handle of the browser it began in, or by the link that page shows. */
  readonly from: "here" | "elsewhere";
  readonly stored: Stored<AuthorizationRequest>;
}

/** `GET /wallet/asks/{id}`: who asks, before anybody signs in. It tells nothing of what has become of it. */
export async function showAsk(as: Exchange, ask: string): Promise<AskView> {
  const { from, stored } = await openAsk(as, ask);
  const { clientId } = stored.value;
  const linking = asksToLink(stored.value);
  const client = await (linking ? as.registry.resourceServer(clientId) : as.registry.client(clientId));
  return {
    client: client?.client_name ?? "",
    from,
    startedAt: stored.value.createdAt,
    expiresAt: stored.value.expiresAt,
    ...(from === "here" && !linking && { elsewhereAt: `${as.issuer}/authorize/elsewhere?ask=${ask}` }),
  };
}

/** `POST /wallet/asks/{id}`: the person signed in here is the one a flow asks. The first who says so is; for anybody else, and on any other way to it, it is gone. */
export async function takeAsk(as: Exchange, { personId, person }: SignedIn, ask: string): Promise<TakenAsk> {
  const { id, from, stored } = await openAsk(as, ask);
  const { state, consentId, clientId, numberMatch } = stored.value;
  const taken: TakenAsk = asksToLink(stored.value) ? { id, asks: "link" } : { id: consentId, asks: "data" };
  if (state === "asked" || (from === "elsewhere" && numberMatch === undefined)) {
    const again = stored.value.personId === personId && (numberMatch === undefined) === (from === "here");
    if (!again) throw new OAuthError("taken", "another person's, or on another device");
    return taken;
  }
  // What the registry knows of the person may be from before they let it ask again.
  if (!mayBeAsked(person, clientId, now(as)) && !mayBeAsked(await standing(as, personId), clientId, now(as)))
    throw new OAuthError("muted", "blocked");
  const request = from === "here" ? keptHere(stored.value) : stored.value;
  const outcome = asksToLink(request)
    ? await as.records.requests.replace(id, stored, asked(request, personId))
    : await askPerson(as, id, { ...stored, value: request }, personId);
  if (outcome === "conflict") throw new OAuthError("conflict", "asked concurrently");
  if (outcome === "nothing to ask") throw new OAuthError("taken", "another person's grant, or one that has ended");
  return taken;
}

const standing = async (as: Exchange, personId: string) => (await as.records.people.find(personId))?.value;

/** Where the person's browser goes after the answer, for a flow that began in it. */
export async function onward(
  as: Exchange,
  ask: Pick<Ask, "requestId" | "door" | "numberMatch">,
): Promise<Onward | undefined> {
  if (ask.door === "claims") return claimsCompletion(as, ask.requestId);
  return ask.door === "redirect" && !isElsewhere(ask) ? completion(as, ask.requestId) : undefined;
}

/** The way back to the Client; of use only where the flow's cookie is. */
export async function completion(as: Exchange, requestId: string): Promise<Required<Onward>> {
  const { handle } = await newHandle(as, handleKind.completion, requestId, now(as));
  return { continueAt: `${as.issuer}/authorize/resume?completion=${handle}` };
}

/** Each way in that is closed has words of its own (UX-18): whoever holds a handle may know. */
async function openAsk(as: Exchange, ask: string): Promise<OpenAsk> {
  const here = await openHandle(as, handleKind.ask, ask);
  const handle = here ?? (await openHandle(as, handleKind.link, ask));
  const stored = handle && (await as.records.requests.find(handle.id));
  if (handle === undefined || stored?.value.redirect === undefined) throw new OAuthError("not_found", "no such flow");
  const { state, spent, expiresAt, clientId } = stored.value;
  if (state === "ended" || state === "redeemed" || spent.length > 0) throw new OAuthError("used", "answered");
  if (now(as) >= expiresAt) throw new OAuthError("late", "late");
  if (!(await clientMayAsk(as, clientId))) throw new OAuthError("gone", `${clientId} is not active`);
  return { id: handle.id, from: here === undefined ? "elsewhere" : "here", stored };
}
