import { type Exchange, now } from "../exchange.ts";
import { handleKind, openHandle, sameHash } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import { isReplay, replayed } from "../spent.ts";
import type { Stored } from "../store.ts";
import type { AuthorizationProcess } from "./authorization-process.ts";

/**
 * The process whose ticket in force this Client presents, read strongly, and bound to the Client.
 * @throws OAuthError invalid_grant for anything else (UMA Grant §3.3.6); a replay by the same Client kills the tokens the ticket led to, while the process and its newest ticket live on (§5.5, N-63)
 */
export async function presentedTicket(
  as: Exchange,
  text: string,
  clientId: string,
  receivedAtMs: number,
): Promise<{ id: string; stored: Stored<AuthorizationProcess>; flow: AuthorizationProcess }> {
  const handle = await openHandle(as, handleKind.ticket, text);
  const stored = handle && (await as.records.processes.find(handle.id));
  if (handle === undefined || stored === undefined) throw refused("no such process");
  const { ticketHash, spent, consentId, expiresAt, ...flow } = stored.value;
  if ((flow.clientId ?? clientId) !== clientId) throw refused("another client's ticket");
  if (ticketHash === undefined || !sameHash(ticketHash, handle.hash)) {
    const ledToTokens = flow.state === "granted" ? consentId : undefined;
    if (ledToTokens !== undefined && isReplay(spent, handle.hash, receivedAtMs)) await replayed(as, ledToTokens);
    throw refused("the ticket is spent or unknown");
  }
  if (now(as) >= expiresAt) throw refused("the ticket has expired");
  return { id: handle.id, stored, flow: { ...stored.value, clientId } };
}

function refused(reason: string) {
  return new OAuthError("invalid_grant", `ticket: ${reason}`);
}
