import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from "jose";
import * as v from "valibot";
import { isCompactJws, signingAlgorithms } from "../protocol/oauth.ts";
import { hostOf, StatementIssuer } from "../protocol/registry.ts";
import type { Exchange } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import { parsed } from "./registration-metadata.ts";

interface Read {
  /** What is registered: the plain members, and over them what the statement says. */
  readonly metadata: unknown;
  readonly software_statement?: string;
}

/**
 * RFC 7591 §2.3: what an issuer the operator trusts says takes precedence over what the registrant says.
 * @throws OAuthError unapproved_software_statement for an issuer that is not trusted (now), invalid_software_statement for one that does not verify
 */
export async function readStatement(as: Pick<Exchange, "records" | "nowMs">, body: unknown): Promise<Read> {
  const given = parsed(v.looseObject({ software_statement: v.optional(v.pipe(v.string(), v.maxLength(4_000))) }), body);
  const { software_statement } = given;
  if (software_statement === undefined) return { metadata: body };
  const iss = issuerOf(software_statement);
  const trusted = (await as.records.statementIssuers.find(hostOf(iss)))?.value;
  if (trusted?.status !== "active" || trusted.issuer !== iss)
    throw refused("unapproved_software_statement", "its issuer is not trusted here");
  try {
    const { payload } = await jwtVerify(software_statement, createLocalJWKSet(trusted.jwks as JSONWebKeySet), {
      algorithms: [...signingAlgorithms],
      issuer: iss,
      currentDate: new Date(as.nowMs()),
    });
    return { metadata: { ...given, ...payload }, software_statement };
  } catch (cause) {
    throw refused("invalid_software_statement", (cause as Error).message);
  }
}

function issuerOf(jwt: string): string {
  try {
    const { iss } = isCompactJws(jwt) ? decodeJwt(jwt) : {};
    if (v.is(StatementIssuer.entries.issuer, iss)) return iss;
  } catch {
    // falls through to the one refusal
  }
  throw refused("invalid_software_statement", "not a JWT with an https issuer");
}

function refused(code: "invalid_software_statement" | "unapproved_software_statement", reason: string) {
  return new OAuthError(code, reason, { description: `software_statement: ${reason}` });
}
