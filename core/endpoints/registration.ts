import * as v from "valibot";
import type { Entitlement } from "../../protocol/capability.ts";
import { RegistrationGrant } from "../../protocol/registry.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, newHandle } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import { type Kept, registerClient, registerResourceServer, withItsToken } from "../registration.ts";
import { parsed } from "../registration-metadata.ts";
import { seal, unseal } from "../seal.ts";
import { readStatement } from "../software-statement.ts";
import type { ResourceRequest } from "./request.ts";

/** RFC 7591 §3: behind an initial access token, which carries what a registration with it receives. Its own token to come back with is told here, once (RFC 7592 §3). */
export async function registrationEndpoint(as: Exchange, { authorization, body }: ResourceRequest): Promise<object> {
  const grant = await grantIn(as, bearerToken(authorization));
  const { metadata, software_statement } = await readStatement(as, body);
  const { scope } = parsed(v.object({ scope: v.optional(v.string()) }), metadata);
  const isResourceServer = scope === "uma_protection";
  if (isResourceServer && !grant.resource_server)
    throw new OAuthError("invalid_client_metadata", "the token admits no resource server", {
      description: "This initial access token does not admit Resource Servers.",
    });

  let registration_access_token = "";
  const kept: Kept = async (clientId) => {
    const { handle, hash } = await newHandle(as, handleKind.registrationAccessToken, clientId, now(as));
    registration_access_token = handle;
    return {
      registrationTokenHash: hash,
      ...(software_statement !== undefined && { software_statement }),
      ...(isResourceServer && grant.untyped_resources && { untyped_resources: true }),
    };
  };
  const party = isResourceServer
    ? await registerResourceServer(as, metadata, kept)
    : await registerClient(as, metadata, entitlementIn(grant), kept);

  return withItsToken(as, party, registration_access_token);
}

function entitlementIn({ capabilities, capability_tickets }: RegistrationGrant): Entitlement {
  return { capabilities, ...(capability_tickets !== undefined && { capability_tickets }) };
}

/** A sealed statement of the operator's: what it carries needs no record. */
export function initialAccessToken(as: Exchange, grant: RegistrationGrant): Promise<string> {
  return seal(as, "iat", JSON.stringify(grant));
}

async function grantIn(as: Exchange, token: string | undefined): Promise<RegistrationGrant> {
  const text = token === undefined ? undefined : await unseal(as, "iat", token);
  const grant = text === undefined ? undefined : v.parse(RegistrationGrant, JSON.parse(text));
  if (grant === undefined || grant.expires_at <= now(as))
    throw invalidBearer("no initial access token in force", token);
  return grant;
}

/** RFC 6750 §2.1. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer ([\w-]+)$/i.exec(authorization ?? "")?.[1];
}

/** RFC 6750 §3.1: without a token there is no error to tell in the challenge. */
export function invalidBearer(reason: string, token: string | undefined) {
  const challenge = token === undefined ? "Bearer" : 'Bearer error="invalid_token"';
  return new OAuthError("invalid_token", reason, { headers: { "www-authenticate": challenge } });
}
