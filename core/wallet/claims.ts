import type { Onward } from "../../protocol/wallet.ts";
import type { ClaimsView, TakenClaims } from "../../protocol/wallet-claims.ts";
import { clientMayAsk } from "../ask.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, newHandle, openHandle } from "../handles.ts";
import { pictured } from "../logo.ts";
import { OAuthError } from "../oauth-error.ts";
import { randomId } from "../random.ts";
import type { Stored } from "../store.ts";
import type { TermDetail } from "../terms.ts";
import { requested } from "../transitions.ts";
import { permittedTerms } from "../uma/ask-owner.ts";
import { assessed } from "../uma/assessment.ts";
import type { AuthorizationProcess } from "../uma/authorization-process.ts";
import { consentsOf } from "../uma/consents.ts";
import { requestedPermissions } from "../uma/requested-permissions.ts";
import { personParty, type RequestingParty } from "../uma/requesting-party.ts";
import type { SignedIn } from "./session.ts";

/** `GET /wallet/claims/{id}`: what the person signed in here is about to say, and to whom. */
export async function showClaims(as: Exchange, { personId, person }: SignedIn, gathering: string): Promise<ClaimsView> {
  const { stored } = await openGathering(as, gathering);
  const { clientId = "", resourceServerId, ownerId } = stored.value;
  const [client, resourceServer] = await Promise.all([
    as.registry.client(clientId),
    as.registry.resourceServer(resourceServerId),
  ]);
  return {
    client: client?.client_name ?? "",
    ...pictured(client),
    source: resourceServer?.client_name ?? "",
    owner: personId === ownerId,
    name: person.name,
  };
}

/**
 * `POST /wallet/claims/{id}`: the person says who they are. The owner is shown the request itself, and nothing rings (UMA Grant §3.3.2); anybody else goes back to
 * the Client, which learns nothing about them. Carlos does not complete what Bob began (§5.2, N-67).
 */
export async function giveClaims(
  as: Exchange,
  { personId, person }: SignedIn,
  gathering: string,
): Promise<TakenClaims> {
  const { id, name, stored } = await openGathering(as, gathering);
  const by = "signed_in" as const;
  const said = { id: personParty(personId), name: person.name, by, at: now(as) };
  const requestingParty = stored.value.requestingParty ?? said;
  if (requestingParty.id !== said.id) throw new OAuthError("taken", "another requesting party");

  const details = personId === stored.value.ownerId ? await toAskHere(as, stored.value, requestingParty) : undefined;
  const asked = details === undefined ? {} : { consentId: randomId(), requestId: name };
  const next = { ...stored.value, requestingParty, ...asked };
  if ((await as.records.processes.replace(id, stored, next)) === "conflict")
    throw new OAuthError("conflict", "answered concurrently");
  const { clientId = "", expiresAt, consentId = "" } = next;
  if (details === undefined) return claimsCompletion(as, name);

  const ask = {
    requestId: name,
    door: "claims" as const,
    terms: { details },
    scope: [],
    createdAt: now(as),
    expiresAt,
  };
  await as.records.consents.insert(consentId, requested({ ...ask, personId, clientId, requestingParty }));
  return { id: consentId };
}

/** What the owner, who is here, is to be asked now: nothing where they allowed it before, are asked already, or nothing may be asked. */
async function toAskHere(
  as: Exchange,
  flow: AuthorizationProcess,
  requestingParty: RequestingParty,
): Promise<readonly TermDetail[] | undefined> {
  const client = await as.registry.client(flow.clientId ?? "");
  const wanted = client && requestedPermissions(flow.permissions, client.capabilities, []);
  if (client === undefined || wanted === undefined || wanted === "invalid_scope") return undefined;
  const assessment = assessed(flow, requestingParty, wanted, await consentsOf(as, flow), now(as));
  if (assessment.outcome !== "request_submitted" || assessment.waiting !== undefined) return undefined;
  // Of several purposes the Client names one at the token endpoint; until then there is nothing to ask.
  const details = await permittedTerms(as, { flow, client }, wanted, undefined).catch((error) => {
    if (error instanceof OAuthError && error.code === "invalid_request") return "no one purpose";
    throw error;
  });
  return typeof details === "string" ? undefined : details;
}

/** `POST /wallet/claims/{id}/refuse`: the Client is told no, and nothing else. */
export async function refuseClaims(as: Exchange, _: SignedIn, gathering: string): Promise<Onward> {
  const { id, name, stored } = await openGathering(as, gathering);
  if ((await as.records.processes.replace(id, stored, { ...stored.value, state: "denied" })) === "conflict")
    throw new OAuthError("conflict", "answered concurrently");
  return claimsCompletion(as, name);
}

/** Where the browser goes after the owner's answer to a request made at the claims interaction endpoint. */
export async function claimsCompletion(as: Exchange, interaction: string): Promise<Required<Onward>> {
  const { handle } = await newHandle(as, handleKind.completion, interaction, now(as));
  return { continueAt: `${as.issuer}/claims/resume?completion=${handle}` };
}

/** Each way in that is closed has words of its own (UX-18). */
async function openGathering(
  as: Exchange,
  gathering: string,
): Promise<{ id: string; name: string; stored: Stored<AuthorizationProcess> }> {
  const handle = await openHandle(as, handleKind.gathering, gathering);
  const [id = "", which] = handle?.id.split(".") ?? [];
  const stored = await as.records.processes.find(id);
  if (handle === undefined || stored === undefined) throw new OAuthError("not_found", "no such process");
  const { interaction, state, expiresAt, clientId = "" } = stored.value;
  if (interaction === undefined || interaction.id !== which || state !== "open")
    throw new OAuthError("used", "answered, or never begun");
  if (now(as) >= expiresAt) throw new OAuthError("late", "late");
  if (!(await clientMayAsk(as, clientId))) throw new OAuthError("gone", `${clientId} is not active`);
  return { id, name: handle.id, stored };
}
