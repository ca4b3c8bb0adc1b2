import { tokenTypeOf } from "../../protocol/confirmation.ts";
import type { ActiveToken, IntrospectionResponse } from "../../protocol/introspection.ts";
import type { Parameters } from "../../protocol/oauth.ts";
import { type HangsOn, openAccessToken, signed } from "../access-token.ts";
import { authenticateClient } from "../client-authentication.ts";
import { type Consent, isInForce } from "../consent.ts";
import { type Exchange, now } from "../exchange.ts";
import { scopesOf } from "../granted.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Party } from "../party.ts";
import { authorizedProtection } from "../protection-token.ts";
import { withShare } from "../share.ts";
import { sourceInForce, whyConsentFails } from "../standing.ts";
import { permissionsOf } from "../uma/permissions.ts";
import type { FormRequest } from "./request.ts";

const inactive = { active: false } as const;

/** RFC 9701 §4 and §5: the same answer as a JWT for the Resource Server that asked, so that it can be kept as evidence. */
export async function signedIntrospection(as: Exchange, request: FormRequest): Promise<string> {
  const { clientId, answer } = await introspected(as, request);
  const claims = { iss: as.issuer, aud: clientId, iat: now(as), token_introspection: answer };
  return signed(as.tokenKeys, claims, "token-introspection+jwt");
}

/** RFC 7662 §2: for the Resource Server a token is meant for. Whatever is not in order makes it inactive, and no reason is told. */
export async function introspectionEndpoint(as: Exchange, request: FormRequest): Promise<IntrospectionResponse> {
  return (await introspected(as, request)).answer;
}

async function introspected(
  as: Exchange,
  request: FormRequest,
): Promise<{ clientId: string; answer: IntrospectionResponse }> {
  const { party, linkId, isProtection } = await asking(as, request);
  const hangsOn = await openAccessToken(as, tokenOf(request.parameters));
  const forParty = hangsOn !== undefined && hangsOn.resourceServerId === party.client_id && hangsOn.exp > now(as);
  const meant = forParty && (linkId === undefined || hangsOn.linkId === linkId);
  return { clientId: party.client_id, answer: meant ? await answered(as, hangsOn, isProtection) : inactive };
}

/** RFC 7662 §2.1: client authentication, or UMA FedAuthz §5: a PAT, which sees tokens of its owner alone. */
async function asking(
  as: Exchange,
  request: FormRequest,
): Promise<{ party: Party; isProtection: boolean; linkId?: string }> {
  const { authorization, parameters } = request;
  if (!/^(DPoP|Bearer) /i.test(authorization ?? ""))
    return { party: await authenticateClient(as, request), isProtection: false };
  if (parameters.has("client_assertion")) throw new OAuthError("invalid_request", "two ways of authentication");
  const { resourceServer, owner } = await authorizedProtection(as, request);
  return { party: resourceServer, isProtection: true, ...(owner !== undefined && { linkId: owner.linkId }) };
}

/** Whoever asks in time is counted for the person (UX-14), and so is who asks after the end (UX-16). */
async function answered(as: Exchange, hangsOn: HangsOn, isProtection: boolean): Promise<IntrospectionResponse> {
  const { consentId, resourceServerId: party = "", jti } = hangsOn;
  const [stored, revoked] = await Promise.all([as.records.consents.find(consentId), as.guards.find(`REVOKED#${jti}`)]);
  const consent = stored?.value;
  if (consent === undefined) return inactive;
  const answer = revoked === undefined ? await active(as, hangsOn, consent, isProtection) : undefined;
  const kind = answer !== undefined ? "used" : isInForce(consent, now(as)) ? undefined : "refused";
  if (kind !== undefined) await as.records.uses.note({ consentId, party, kind, at: now(as) });
  return answer ?? inactive;
}

async function active(
  as: Exchange,
  hangsOn: HangsOn,
  consent: Consent,
  isProtection: boolean,
): Promise<ActiveToken | undefined> {
  if (consent.generation !== hangsOn.generation) return undefined;
  const source = consent.sources.find(({ linkId }) => linkId === hangsOn.linkId);
  if (source === undefined || (await whyConsentFails(as, consent)) !== undefined) return undefined;
  const inForce = await sourceInForce(as, source);
  if (typeof inForce === "string") return undefined;
  const granted = withShare(source, hangsOn.share);

  return {
    active: true,
    iss: as.issuer,
    aud: granted.location,
    sub: inForce.link.sub,
    client_id: hangsOn.clientId,
    iat: hangsOn.iat,
    exp: hangsOn.exp,
    jti: hangsOn.jti,
    token_type: tokenTypeOf(hangsOn.cnf),
    cnf: hangsOn.cnf,
    // UMA FedAuthz §5.1.1: permissions stand in the place of a scope.
    ...(isProtection
      ? { permissions: permissionsOf(granted).map((one) => ({ ...one, exp: consent.endsAt ?? hangsOn.exp })) }
      : { scope: scopesOf([granted]).join(" ") }),
    consent: granted.handle,
    authorization_details: granted.grants.map(({ type, actions, purpose, resourceIds }) => ({
      type,
      actions,
      purpose,
      locations: [granted.location],
      resource_ids: resourceIds,
    })),
  };
}

/** RFC 7662 §2.1, RFC 7009 §2.1: the token a request is about. @throws OAuthError invalid_request without one */
export function tokenOf(parameters: Parameters): string {
  const token = parameters.get("token");
  if (token === undefined) throw new OAuthError("invalid_request", "no token");
  return token;
}
