import type { TokenResponse } from "../../protocol/oauth.ts";
import { ID_TOKEN_FORMATS } from "../../protocol/uma.ts";
import { type Exchange, now } from "../exchange.ts";
import type { GrantRequest } from "../grants/grant.ts";
import { handleKind, newHandle } from "../handles.ts";
import { issueTokens } from "../issue-tokens.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Client } from "../party.ts";
import type { Stored } from "../store.ts";
import { collected } from "../transitions.ts";
import { type AskedPermission, type AuthorizationProcess, turned } from "./authorization-process.ts";
import { persisted } from "./persisted-claims.ts";
import type { RequestingParty } from "./requesting-party.ts";
import { type Upgrade, unionOf } from "./upgrade.ts";

/** A ticket as it was presented, with all that is known now. */
export interface Step {
  readonly id: string;
  readonly stored: Stored<AuthorizationProcess>;
  /** Bound to the Client. */
  readonly flow: AuthorizationProcess;
  readonly client: Client;
  readonly requestingParty: RequestingParty | undefined;
  readonly upgrade: Upgrade | undefined;
}

/** The one write of a step: the ticket is spent, and the next one's hash, if there is one, takes its place. Whoever loses it loses the request (UMA Grant §5.5: single use). */
export async function turn(
  as: Exchange,
  { id, stored }: Step,
  next: AuthorizationProcess,
  hash?: string,
): Promise<void> {
  if ((await as.records.processes.replace(id, stored, turned(next, as.nowMs(), hash))) === "conflict")
    throw new OAuthError("invalid_grant", "the ticket was presented concurrently");
}

/** UMA Grant §3.3.6: how the Client can tell who its user is. */
export async function needInfo(as: Exchange, step: Step): Promise<never> {
  const { handle, hash } = await newHandle(as, handleKind.ticket, step.id, now(as));
  await turn(as, step, step.flow, hash);
  const interactive = (step.client.claims_redirect_uris ?? []).length > 0;
  throw new OAuthError("need_info", "the requesting party is not known", {
    members: {
      ticket: handle,
      required_claims: [{ claim_token_format: ID_TOKEN_FORMATS, issuer: [as.issuer], friendly_name: "who you are" }],
      ...(interactive && { redirect_user: `${as.issuer}/claims` }),
    },
  });
}

/** The process is over: no ticket follows. */
export async function denied(
  as: Exchange,
  step: Step,
  code: "request_denied" | "invalid_scope",
  reason: string,
): Promise<never> {
  await turn(as, step, { ...step.flow, state: "denied" });
  throw new OAuthError(code, reason);
}

/** UMA Grant §3.3.5: spends the ticket, and the RPT that is upgraded, then issues a token for exactly what was requested, and for what that RPT carried (§3.3.5.1). */
export async function granted(
  as: Exchange,
  step: Step,
  wanted: readonly AskedPermission[],
  consentId: string,
  { parameters, cnf }: GrantRequest,
): Promise<TokenResponse> {
  const { flow, client, requestingParty } = step;
  const upgrade = step.upgrade?.consentId === consentId ? step.upgrade : undefined;
  const upgrades = upgrade?.permissions ?? flow.upgrades;
  const permissions = unionOf(wanted, upgrades ?? []);
  await turn(as, step, { ...flow, state: "granted", consentId });
  if (upgrade !== undefined) await as.guards.put(`REVOKED#${upgrade.jti}`, {}, upgrade.exp);

  const refreshToken = await newHandle(as, handleKind.refreshToken, consentId, now(as));
  const resource = (await as.registry.resourceServer(flow.resourceServerId))?.resource ?? "";
  const { scope: _, ...response } = await issueTokens(as, {
    consentId,
    clientId: client.client_id,
    wanted: { resource, permissions },
    cnf,
    commit: (current) => collected(current, { hash: refreshToken.hash, issuedAt: now(as), permissions }, now(as)),
  });
  const persists = requestingParty !== undefined && !parameters.has("pct");
  return {
    // A scope belongs to its resource, so none stands beside the token.
    ...response,
    refresh_token: refreshToken.handle,
    ...(upgrades !== undefined && { upgraded: true }),
    ...(persists && { pct: await persisted(as, client.client_id, requestingParty) }),
  };
}
