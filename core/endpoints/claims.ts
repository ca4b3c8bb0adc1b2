import { begunHere } from "../begun-here.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, newHandle, openHandle, sameHash } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Client } from "../party.ts";
import { randomId } from "../random.ts";
import {
  type AuthorizationProcess,
  type ClaimsInteraction,
  interactionName,
  turned,
} from "../uma/authorization-process.ts";
import { presentedTicket } from "../uma/presented-ticket.ts";
import type { Arrival, Onward } from "./authorization.ts";

type WithCookies = Arrival & { readonly cookies: readonly string[]; readonly receivedAtMs: number };

/**
 * UMA Grant §3.3.2: a Client sends its user here to say who they are. The ticket is spent; the browser gets a cookie that names the process and goes on to the
 * Wallet, where whoever is signed in answers. Loaded again in the same browser it goes on where it was.
 * @throws OAuthError for what must not redirect (N-66): an unknown Client, an address that is not registered byte for byte
 */
export async function claimsEndpoint(
  as: Exchange,
  { parameters, walletOrigin, cookies, receivedAtMs }: WithCookies,
): Promise<Onward> {
  const client = await as.registry.client(parameters.get("client_id") ?? "");
  if (client?.status !== "active") throw new OAuthError("unauthorized_client", "no active client");
  const claims_redirect_uri = addressOf(client, parameters.get("claims_redirect_uri"));
  const [ticket, state] = [parameters.get("ticket"), parameters.get("state")];
  const back = { id: randomId(), claims_redirect_uri, ...(state !== undefined && { state }) };
  if (ticket === undefined || (state?.length ?? 0) > 512)
    return { location: backTo(back, { error: "invalid_request" }) };

  const name = await began(as, client, ticket, back, receivedAtMs).catch(async (error) => {
    const again = await underWay(as, ticket, cookies, client.client_id);
    if (again !== undefined) return again;
    if (error instanceof OAuthError && error.status < 500) return undefined;
    throw error;
  });
  // §3.3.3: what is wrong with anything else is told to the Client, as RFC 6749 §4.1.2.1 has it.
  if (name === undefined) return { location: backTo(back, { error: "invalid_request" }) };

  const [browser, gathering] = await Promise.all([
    newHandle(as, handleKind.browser, name, now(as)),
    newHandle(as, handleKind.gathering, name, now(as)),
  ]);
  return { location: `${walletOrigin}/#/claims/${gathering.handle}`, cookie: browser.handle };
}

/** UMA Grant §3.3.3: back from the Wallet, in the browser it began in (§5.1), with a new ticket or the requesting party's no. */
export async function claimsResumeEndpoint(
  as: Exchange,
  { parameters, cookies }: Pick<WithCookies, "parameters" | "cookies">,
): Promise<Onward> {
  const completion = await openHandle(as, handleKind.completion, parameters.get("completion") ?? "");
  const [id = "", which] = (await begunHere(as, cookies, completion)).split(".");
  const stored = await as.records.processes.find(id);
  const { interaction, ...flow } = stored?.value ?? {};
  if (stored === undefined || interaction === undefined || interaction.id !== which)
    throw new OAuthError("gone", "no such interaction, or over");
  if (now(as) >= stored.value.expiresAt) throw new OAuthError("expired_token", "the process is over");

  const refused = stored.value.state === "denied";
  const { handle, hash } = await newHandle(as, handleKind.ticket, id, now(as));
  const next = { ...(flow as AuthorizationProcess), ...(!refused && { ticketHash: hash }) };
  if ((await as.records.processes.replace(id, stored, next)) === "conflict")
    throw new OAuthError("gone", "completed concurrently");
  return { location: backTo(interaction, refused ? { error: "access_denied" } : { ticket: handle }) };
}

/** §3.3.2: pre-registered and compared byte for byte; may be left out by a Client that registered one alone. */
function addressOf({ claims_redirect_uris = [] }: Client, named: string | undefined): string {
  const [only, another] = claims_redirect_uris;
  const address = named ?? (another === undefined ? only : undefined);
  if (address === undefined || !claims_redirect_uris.includes(address))
    throw new OAuthError("invalid_request", "the claims_redirect_uri is not registered");
  return address;
}

async function began(
  as: Exchange,
  client: Client,
  ticket: string,
  interaction: ClaimsInteraction,
  receivedAtMs: number,
): Promise<string> {
  const { id, stored, flow } = await presentedTicket(as, ticket, client.client_id, receivedAtMs);
  const next = { ...turned(flow, as.nowMs()), interaction };
  if ((await as.records.processes.replace(id, stored, next)) === "conflict")
    throw new OAuthError("invalid_grant", "the ticket was presented concurrently");
  return interactionName(id, interaction);
}

/** The interaction this ticket began, if it was in this browser and is not over. */
async function underWay(
  as: Exchange,
  ticket: string,
  cookies: readonly string[],
  clientId: string,
): Promise<string | undefined> {
  const handle = await openHandle(as, handleKind.ticket, ticket);
  const flow = handle && (await as.records.processes.find(handle.id))?.value;
  if (handle === undefined || flow?.interaction === undefined || flow.clientId !== clientId) return undefined;
  if (!sameHash(flow.spent[0]?.hash ?? "", handle.hash)) return undefined;
  const id = interactionName(handle.id, flow.interaction);
  return begunHere(as, cookies, { ...handle, id }).catch(() => undefined);
}

/** What the URI has in its query is kept (§3.3.2). */
function backTo({ claims_redirect_uri, state }: ClaimsInteraction, members: Readonly<Record<string, string>>): string {
  const url = new URL(claims_redirect_uri);
  for (const [name, value] of Object.entries({ ...members, ...(state !== undefined && { state }) }))
    url.searchParams.set(name, value);
  return url.href;
}
