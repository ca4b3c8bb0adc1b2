import { tokenTypeOf } from "../protocol/confirmation.ts";
import type { TokenResponse } from "../protocol/oauth.ts";
import { ACCESS_TOKEN_LIFE } from "./access-token.ts";
import type { Binding } from "./binding.ts";
import type { Consent } from "./consent.ts";
import { type Exchange, now } from "./exchange.ts";
import { grantedDetails, scopesOf } from "./granted.ts";
import { openidLeft, partsWanted, type Wanted } from "./narrowing.ts";
import { OAuthError } from "./oauth-error.ts";
import { keptChanging } from "./rewritten.ts";
import type { Part } from "./share.ts";
import { sourceToken } from "./source-token.ts";
import { type SourceInForce, sourceInForce, whyConsentFails } from "./standing.ts";
import type { Stored } from "./store.ts";
import { userinfoOf, userinfoToken } from "./userinfo-token.ts";

export interface ConsentTokenRequest {
  readonly consentId: string;
  readonly clientId: string;
  /** Which source, and what of it; the first in the person's order that is in order, and all of it, where nothing is named. */
  readonly wanted: Wanted;
  /** What the token request showed to hold: a token of a consent is never without. */
  readonly cnf: Binding;
  /** The consent as this call read it, strongly, where nothing was written since. */
  readonly seen?: Stored<Consent> | undefined;
  /** What the step itself writes on the Consent, if anything: read again and retried on a conflict. */
  readonly commit?: (consent: Consent) => Consent;
}

type Issuing = Pick<Exchange, "issuer" | "region" | "sealingKeys" | "tokenKeys" | "records" | "registry" | "nowMs">;

/**
 * The one gate of every grant that gives out tokens of a consent. It checks facts and assesses no policy (UMA Grant §3.6); issuing writes nothing but that it happened (UX-14).
 * @throws OAuthError invalid_grant (or temporarily_unavailable while paused) when something is not in order, invalid_target for a source that was not granted
 */
export async function issueTokens(as: Issuing, request: ConsentTokenRequest): Promise<TokenResponse> {
  const { cnf } = request;
  if (cnf === undefined) throw new OAuthError("invalid_grant", "a token of a consent is bound");
  const { consent, parts, destination } = await committed(as, request);
  const time = now(as);
  const exp = Math.min(time + ACCESS_TOKEN_LIFE, consent.endsAt ?? time);
  const made = { consentId: request.consentId, consent, cnf, iat: time, exp };
  const party = destination === "userinfo" ? consent.clientId : destination.source.resourceServerId;
  const [access_token] = await Promise.all([
    destination === "userinfo" ? userinfoToken(as, made) : sourceToken(as, made, destination),
    as.records.uses.note({ consentId: request.consentId, party, kind: "collected", at: time }),
  ]);
  const details = parts.flatMap(({ left }) => grantedDetails(left));
  return {
    access_token,
    token_type: tokenTypeOf(cnf),
    expires_in: exp - time,
    scope: [...new Set([...openidLeft(consent, request.wanted), ...scopesOf(parts.map(({ left }) => left))])].join(" "),
    ...(details.length > 0 && { authorization_details: details }),
  };
}

/** Looks before anything is spent: refuses what {@link issueTokens} would. */
export async function mayIssue(
  as: Issuing,
  consent: Consent,
  request: Pick<ConsentTokenRequest, "clientId" | "wanted">,
): Promise<void> {
  await inOrder(as, consent, request);
}

interface InOrder {
  readonly consent: Consent;
  readonly parts: readonly Part[];
  readonly destination: Destination;
}

/** A granted source, or `/userinfo`. */
type Destination = (SourceInForce & Part) | "userinfo";

async function committed(as: Issuing, request: ConsentTokenRequest): Promise<InOrder> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const seen = attempt === 0 ? request.seen : undefined;
    const stored = seen ?? (await as.records.consents.find(request.consentId));
    const found = await inOrder(as, stored?.value, request);
    if (stored === undefined || request.commit === undefined) return found;
    const next = request.commit(stored.value);
    if ((await as.records.consents.replace(request.consentId, stored, next)) === "replaced")
      return { ...found, consent: next };
  }
  throw keptChanging("the consent");
}

async function inOrder(
  as: Issuing,
  consent: Consent | undefined,
  { clientId, wanted }: Pick<ConsentTokenRequest, "clientId" | "wanted">,
): Promise<InOrder> {
  if (consent === undefined || consent.clientId !== clientId)
    throw new OAuthError("invalid_grant", "no consent of this client");
  const userinfo = userinfoOf(as);
  const parts = partsWanted(consent, wanted, userinfo);
  const failure = await whyConsentFails(as, consent);
  if (failure !== undefined) throw new OAuthError("invalid_grant", failure);
  // Whoever names no source gets the first that is in order: a disconnected one takes nothing from the others.
  const { resource } = wanted;
  if (resource === userinfo || parts.length === 0) return { consent, parts, destination: "userinfo" };
  const candidates = parts.filter(({ source }) => resource === undefined || source.location === resource);
  return { consent, parts, destination: await firstInForce(as, candidates) };
}

async function firstInForce(as: Issuing, candidates: readonly Part[]): Promise<SourceInForce & Part> {
  let why = "no source";
  for (const part of candidates) {
    const inForce = await sourceInForce(as, part.source);
    if (typeof inForce !== "string") return { ...inForce, ...part };
    why = inForce;
  }
  throw new OAuthError("invalid_grant", why);
}
