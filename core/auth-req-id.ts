import { handleKind, newHandle, type OpenedHandle, openHandle } from "./handles.ts";
import type { Seal } from "./seal.ts";

/** What an `auth_req_id` says by itself, sealed, so that a poll which finds nothing decided looks at the Consent alone, and at the same one record for every hint, known or not (N-54). */
export interface AuthReqId {
  /** Of the AuthorizationRequest. */
  readonly id: string;
  /** Chosen with the request; absent of a change, where the Consent stands already and says nothing about who was asked. */
  readonly consentId?: string;
  readonly clientId: string;
  /** The hard end told to the Client. */
  readonly expiresAt: number;
}

/** CIBA Core §7.3. */
export function newAuthReqId(as: Seal, says: AuthReqId, time: number): Promise<{ handle: string; hash: string }> {
  const { id, consentId = "", clientId, expiresAt } = says;
  return newHandle(as, handleKind.authReqId, [id, consentId, expiresAt.toString(36), clientId].join("."), time);
}

/** Undefined for anything that is not one of ours. */
export async function openAuthReqId(
  as: Seal,
  text: string,
): Promise<{ readonly says: AuthReqId; readonly handle: OpenedHandle } | undefined> {
  const opened = await openHandle(as, handleKind.authReqId, text);
  if (opened === undefined) return undefined;
  const [id = "", consentId = "", end = "", ...clientId] = opened.id.split(".");
  const says = {
    id,
    ...(consentId !== "" && { consentId }),
    clientId: clientId.join("."),
    expiresAt: Number.parseInt(end, 36),
  };
  return { says, handle: { ...opened, id } };
}
