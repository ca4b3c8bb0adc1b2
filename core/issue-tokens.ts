import { type Confirmation, tokenTypeOf } from "../protocol/confirmation.ts";
import type { GrantedDetail, TokenResponse } from "../protocol/oauth.ts";
import {
  ACCESS_TOKEN_LIFE,
  type AccessTokenClaims,
  encrypted,
  encryptionKey,
  sealHangsOn,
  signed,
} from "./access-token.ts";
import type { Binding } from "./binding.ts";
import type { Consent } from "./consent.ts";
import { type Exchange, now } from "./exchange.ts";
import { grantedDetails, scopesOf } from "./granted.ts";
import { type Part, partsWanted, type Wanted } from "./narrowing.ts";
import { OAuthError } from "./oauth-error.ts";
import { randomId } from "./random.ts";
import { type SourceInForce, sourceInForce, whyConsentFails } from "./standing.ts";

export interface ConsentTokenRequest {
  readonly consentId: string;
  readonly clientId: string;
  /** Which source, and what of it; the first in the person's order that is in order, and all of it, where nothing is named. */
  readonly wanted: Wanted;
  /** What the token request showed to hold: a token of a consent is never without. */
  readonly cnf: Binding;
  /** What the step itself writes on the Consent, if anything: read again and retried on a conflict. */
  readonly commit?: (consent: Consent) => Consent;
}

type Issuing = Pick<Exchange, "issuer" | "region" | "sealingKeys" | "tokenKeys" | "records" | "registry" | "nowMs">;

/**
 * The one gate of every grant that gives out tokens of a consent. It checks facts and assesses no policy (UMA Grant §3.6); issuing writes nothing of its own.
 * @throws OAuthError invalid_grant (or temporarily_unavailable while paused) when something is not in order, invalid_target for a source that was not granted
 */
export async function issueTokens(as: Issuing, request: ConsentTokenRequest): Promise<TokenResponse> {
  const { cnf } = request;
  if (cnf === undefined) throw new OAuthError("invalid_grant", "a token of a consent is bound");
  const { consent, parts, chosen } = await committed(as, request);
  const time = now(as);
  const exp = Math.min(time + ACCESS_TOKEN_LIFE, consent.endsAt ?? time);
  return {
    access_token: await accessToken(as, { ...request, cnf }, consent, chosen, time, exp),
    token_type: tokenTypeOf(cnf),
    expires_in: exp - time,
    scope: [...new Set([...openid(consent, request.wanted), ...scopesOf(parts.map(({ left }) => left))])].join(" "),
    authorization_details: parts.flatMap(({ left }) => grantedDetails(left)),
  };
}

function openid({ scope }: Consent, { scope: wanted }: Wanted): readonly string[] {
  return scope.filter((value) => value === "openid" && (wanted === undefined || wanted.includes(value)));
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
  readonly chosen: Chosen;
}

type Chosen = SourceInForce & Part;

async function committed(as: Issuing, request: ConsentTokenRequest): Promise<InOrder> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const stored = await as.records.consents.find(request.consentId);
    const found = await inOrder(as, stored?.value, request);
    if (stored === undefined || request.commit === undefined) return found;
    const next = request.commit(stored.value);
    if ((await as.records.consents.replace(request.consentId, stored, next)) === "replaced")
      return { ...found, consent: next };
  }
  throw new OAuthError("temporarily_unavailable", "the consent kept changing", { headers: { "retry-after": "1" } });
}

async function inOrder(
  as: Issuing,
  consent: Consent | undefined,
  { clientId, wanted }: Pick<ConsentTokenRequest, "clientId" | "wanted">,
): Promise<InOrder> {
  if (consent === undefined || consent.clientId !== clientId)
    throw new OAuthError("invalid_grant", "no consent of this client");
  const parts = partsWanted(consent, wanted);
  const failure = await whyConsentFails(as, consent);
  if (failure !== undefined) throw new OAuthError("invalid_grant", failure);
  // Whoever names no source gets the first that is in order: a disconnected one takes nothing from the others.
  const { resource } = wanted;
  const candidates = parts.filter(({ source }) => resource === undefined || source.location === resource);
  return { consent, parts, chosen: await firstInForce(as, candidates) };
}

async function firstInForce(as: Issuing, candidates: readonly Part[]): Promise<Chosen> {
  let why = "no source";
  for (const part of candidates) {
    const inForce = await sourceInForce(as, part.source);
    if (typeof inForce !== "string") return { ...inForce, ...part };
    why = inForce;
  }
  throw new OAuthError("invalid_grant", why);
}

async function accessToken(
  as: Issuing,
  { consentId, cnf }: ConsentTokenRequest & { readonly cnf: Confirmation },
  consent: Consent,
  chosen: Chosen,
  iat: number,
  exp: number,
) {
  const { source, left, link, resourceServer } = chosen;
  const jti = randomId();
  const hangsOn = await sealHangsOn(as, {
    consentId,
    linkId: source.linkId,
    resourceServerId: source.resourceServerId,
    clientId: consent.clientId,
    jti,
    iat,
    exp,
    generation: consent.generation,
    cnf,
    share: chosen.share,
  });
  const key = encryptionKey(resourceServer);
  const claims: AccessTokenClaims = {
    iss: as.issuer,
    aud: source.location,
    // What identifies the person to the source is readable by the source alone, or not there.
    sub: key === undefined ? source.sub : link.sub,
    client_id: consent.clientId,
    iat,
    exp,
    jti,
    cnf,
    scope: scopesOf([left]).join(" "),
    authorization_details: left.grants.map((grant, n) => ({
      ...(grantedDetails(left)[n] as GrantedDetail),
      ...(key !== undefined && { resource_ids: grant.resourceIds }),
    })),
    consent: source.handle,
    generation: consent.generation,
    hangs_on: hangsOn,
  };
  const jws = await signed(as.tokenKeys, claims, "at+jwt");
  return key === undefined ? jws : encrypted(jws, key, hangsOn);
}
