import type { Permission } from "../../protocol/uma.ts";
import { type SpentHandle, withSpent } from "../spent.ts";
import type { Kind } from "../store.ts";
import type { RequestingParty } from "./requesting-party.ts";

/**
 * What one permission ticket after the other leads through (UMA Grant §1.3): from what a Resource Server asked for, over who the requesting party is, to the
 * Consent that decides. It is a record of its own beside AuthorizationRequest, because it begins without a Client and its ticket turns at every step.
 *
 *     open ──a token is issued──▶ granted
 *       └──the owner or the requesting party said no, or nothing may be asked──▶ denied
 *
 * Over is also what has no ticket in force: it is spent, and no other took its place.
 */
export interface AuthorizationProcess {
  readonly state: "open" | "granted" | "denied";
  readonly resourceServerId: string;
  readonly linkId: string;
  readonly linkGeneration: number;
  readonly ownerId: string;
  readonly permissions: readonly AskedPermission[];
  /** A ticket binds to the first Client that presents it (N-64). */
  readonly clientId?: string;
  /** Set once, by the step that learns it (N-67). */
  readonly requestingParty?: RequestingParty;
  /** While the requesting party is at the claims interaction endpoint (UMA Grant §3.3.2). */
  readonly interaction?: ClaimsInteraction;
  /** The Consent it waits for, chosen when the owner is asked. */
  readonly consentId?: string;
  /** Whose question it waits for there: its own, or another process's that it joined. */
  readonly requestId?: string;
  /** What the RPT to be upgraded carried when the owner was asked (UMA Grant §3.3.5.1). */
  readonly upgrades?: readonly Permission[];
  /** SHA-256 of the secret of the ticket in force. */
  readonly ticketHash?: string;
  readonly spent: readonly SpentHandle[];
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** As the Resource Server asked for it, with what the resource was registered as. */
export interface AskedPermission extends Permission {
  readonly type: string;
  readonly available: readonly string[];
}

/** UMA Grant §3.3.2. The browser's cookie, the Wallet's page and the way back name this one alone. */
export interface ClaimsInteraction {
  readonly id: string;
  readonly claims_redirect_uri: string;
  readonly state?: string;
}

/** What handles of one interaction are made for: `<process>.<interaction>`. */
export function interactionName(processId: string, { id }: Pick<ClaimsInteraction, "id">): string {
  return `${processId}.${id}`;
}

/** The owner may answer days later. */
export const PROCESS_LIFE = 604_800;
const DAY = 86_400;

export const processKind: Kind<AuthorizationProcess> = {
  name: "process",
  key: (id) => ({ pk: `PROCESS#${id}`, sk: "PROCESS" }),
  index: ({ state, expiresAt }) => ({ state, deleteAt: expiresAt + DAY }),
};

/** UMA Grant §5.5: the ticket in force is spent by being presented; `next` is the hash of the one that takes its place, if one does. */
export function turned(flow: AuthorizationProcess, nowMs: number, next?: string): AuthorizationProcess {
  const { ticketHash, ...rest } = flow;
  if (ticketHash === undefined) throw new Error("a process without a ticket cannot be turned");
  const spent = withSpent(flow.spent, ticketHash, nowMs);
  return { ...rest, spent, ...(next !== undefined && { ticketHash: next }) };
}
