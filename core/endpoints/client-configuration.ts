import * as v from "valibot";
import type { Exchange } from "../exchange.ts";
import { handleKind, openHandle, sameHash } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import { type Client, clientIdPrefix, type ResourceServer } from "../party.ts";
import { withItsToken } from "../registration.ts";
import { clientMetadata, invalid, parsed, resourceServerMetadata } from "../registration-metadata.ts";
import { readStatement } from "../software-statement.ts";
import type { Store, Stored } from "../store.ts";
import { bearerToken, invalidBearer } from "./registration.ts";
import type { ResourceRequest } from "./request.ts";

type SelfRegistered = Client | ResourceServer;

interface Own {
  readonly store: Store<SelfRegistered>;
  readonly stored: Stored<SelfRegistered>;
  /** As presented: it is not rotated. */
  readonly token: string;
}

/** RFC 7592 §2.1. */
export async function readClient(as: Exchange, request: ResourceRequest, clientId: string): Promise<object> {
  const { stored, token } = await ownRegistration(as, request, clientId);
  return withItsToken(as, stored.value, token);
}

/** RFC 7592 §2.2: what is sent replaces what was registered. What the operator gave (`client_id`, capabilities) and the identifier of a Resource Server stay. */
export async function updateClient(as: Exchange, request: ResourceRequest, clientId: string): Promise<object> {
  const { store, stored, token } = await ownRegistration(as, request, clientId);
  matchesRegistration(request.body, clientId);
  const { metadata, software_statement } = await readStatement(as, request.body);
  if (stored.value.software_statement !== undefined && software_statement === undefined)
    throw invalid("software_statement: this registration was made with one");

  const next = { ...(await replacing(as, stored.value, metadata)), ...(software_statement && { software_statement }) };

  if ((await store.replace(clientId, stored, next)) === "conflict")
    throw new OAuthError("conflict", `${clientId} changed meanwhile`);
  return withItsToken(as, next, token);
}

/** RFC 7592 §2.3: the registration ends for good, and every consent with it fails at every gate. */
export async function deleteClient(as: Exchange, request: ResourceRequest, clientId: string): Promise<void> {
  const { store, stored } = await ownRegistration(as, request, clientId);
  const { registrationTokenHash: _, ...party } = stored.value;
  if ((await store.replace(clientId, stored, { ...party, status: "deregistered" })) === "conflict")
    throw new OAuthError("conflict", `${clientId} changed meanwhile`);
}

/** Unknown, foreign, registered by the operator, suspended and gone look the same (§2.1). */
async function ownRegistration(as: Exchange, { authorization }: ResourceRequest, clientId: string): Promise<Own> {
  const token = bearerToken(authorization);
  const handle = token && (await openHandle(as, handleKind.registrationAccessToken, token));
  if (token === undefined || !handle || handle.id !== clientId)
    throw invalidBearer("no registration access token of this client", token);
  const isClient = clientId.startsWith(clientIdPrefix.client);
  const store = (isClient ? as.records.clients : as.records.resourceServers) as Store<SelfRegistered>;
  const stored = await store.find(clientId);
  const { status, registrationTokenHash } = stored?.value ?? {};
  if (stored === undefined || status !== "active" || !sameHash(registrationTokenHash ?? "", handle.hash))
    throw invalidBearer(`${clientId} is ${status ?? "unknown"}, or the token is not its own`, token);
  return { store, stored, token };
}

/** §2.2: `client_id` must match; what only the exchange decides is not the registrant's to send. */
function matchesRegistration(body: unknown, clientId: string): void {
  const sent = parsed(v.looseObject({ client_id: v.string() }), body);
  if (sent.client_id !== clientId) throw invalid("client_id: not the one of this registration");
  const foreign = [
    "registration_access_token",
    "registration_client_uri",
    "client_secret",
    "client_secret_expires_at",
    "client_id_issued_at",
  ].find((member) => Object.hasOwn(sent, member));
  if (foreign !== undefined) throw invalid(`${foreign}: not to be sent (RFC 7592 §2.2)`);
}

async function replacing(as: Exchange, party: SelfRegistered, body: unknown): Promise<SelfRegistered> {
  const { client_id, status, registeredAt, registrationTokenHash = "" } = party;
  const kept = { client_id, status, registeredAt, registrationTokenHash };
  if ("capabilities" in party) {
    const { capabilities, capability_tickets } = party;
    const metadata = await clientMetadata(as, body);
    return { ...metadata, ...kept, ...logoOf(party, metadata), capabilities, capability_tickets };
  }
  const metadata = await resourceServerMetadata(as, body);
  // Consents and tokens name it: another identifier is another Resource Server.
  if (metadata.resource !== party.resource) throw invalid("resource: cannot be changed, register anew");
  return {
    ...metadata,
    ...kept,
    ...logoOf(party, metadata),
    ...(party.untyped_resources && { untyped_resources: true }),
  };
}

/** The operator gave it to a name: under another one it is gone until they give it again (N-72). */
function logoOf({ logo, client_name }: SelfRegistered, next: Pick<SelfRegistered, "client_name">) {
  return logo !== undefined && next.client_name === client_name ? { logo } : {};
}
