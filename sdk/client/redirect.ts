import {
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrlWithPAR,
  calculatePKCECodeChallenge,
  getDPoPHandle,
  randomDPoPKeyPair,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import type { Exchange } from "../exchange.ts";
import { type Approved, approvedOf } from "./approved.ts";
import { Refusal, rethrown } from "./refusal.ts";
import { scopeOf } from "./scope.ts";
import type { Question } from "./start.ts";

/** A person on their way to their Wallet. Plain JSON: keep it with the session of their browser, and nowhere else. */
export interface Begun {
  readonly redirect_uri: string;
  readonly code_verifier: string;
  readonly state: string;
  readonly nonce: string;
}

/**
 * Asks the person who is in front of this browser: send the browser to `url`; it comes back to `redirect_uri`.
 *
 * @throws {Refusal} `invalid_request` (a redirect_uri that is not registered), `invalid_authorization_details`, `invalid_scope`, …
 * @see RFC 9126 §2, RFC 7636 §4
 */
export async function begin(
  exchange: Exchange,
  {
    redirect_uri,
    scope,
    authorization_details,
  }: Pick<Question, "scope" | "authorization_details"> & { readonly redirect_uri: string },
): Promise<{ readonly url: string; readonly begun: Begun }> {
  const begun = { redirect_uri, code_verifier: randomPKCECodeVerifier(), state: randomState(), nonce: randomNonce() };
  const url = await buildAuthorizationUrlWithPAR(exchange, {
    redirect_uri,
    scope: scopeOf(scope),
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: await calculatePKCECodeChallenge(begun.code_verifier),
    code_challenge_method: "S256",
    ...(authorization_details !== undefined && { authorization_details: JSON.stringify(authorization_details) }),
  }).catch(rethrown);
  return { url: url.href, begun };
}

/**
 * The browser is back, at `url`: makes the approval of its code.
 *
 * @throws {Refusal} outcome `declined`; `ended` for a code that is late or was used. Another error: not the browser that left.
 * @see RFC 6749 §4.1.3, RFC 9207 §2.4
 */
export async function finish(exchange: Exchange, url: URL, begun: Begun): Promise<Approved> {
  const DPoP = getDPoPHandle(exchange, await randomDPoPKeyPair("ES256"));
  const checks = { pkceCodeVerifier: begun.code_verifier, expectedState: begun.state, expectedNonce: begun.nonce };
  const granted = await authorizationCodeGrant(
    exchange,
    url,
    checks,
    { redirect_uri: begun.redirect_uri },
    { DPoP },
  ).catch((failure: unknown) => {
    if (failure instanceof AuthorizationResponseError) throw new Refusal(failure.error, failure.error_description);
    return rethrown(failure);
  });
  return approvedOf(exchange, granted, DPoP);
}
