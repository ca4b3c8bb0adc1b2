import {
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrlWithPAR,
  calculatePKCECodeChallenge,
  getDPoPHandle,
  randomDPoPKeyPair,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { UMA_PROTECTION } from "../../protocol/uma.ts";
import { RefusedRequest, rethrown } from "../refused-request.ts";
import { type HeldResource, type LinkedOwner, registered, registrarWith } from "./resource-registration.ts";
import type { ResourceServer } from "./resource-server.ts";

/** A person on their way to their Wallet. Plain JSON: keep it with the session of their browser, and nowhere else. */
export interface Connecting {
  readonly redirect_uri: string;
  readonly code_verifier: string;
  readonly state: string;
}

/** A person's source as `link` makes it, with what it is called with later. */
export interface ConnectedOwner extends LinkedOwner {
  /** Of the person's PAT: lives until they disconnect this source. */
  readonly refresh_token: string | undefined;
}

/**
 * Asks the person who is signed in on our own page to connect their Wallet: send the browser to `url`; it comes back to `redirect_uri`.
 *
 * @param redirect_uri one of our registration, which also names the grant `authorization_code`
 * @throws {RefusedRequest}
 * @see UMA FedAuthz §1.3, RFC 9126 §2
 */
export async function beginConnecting(
  server: ResourceServer,
  redirect_uri: string,
): Promise<{ readonly url: string; readonly connecting: Connecting }> {
  const connecting = { redirect_uri, code_verifier: randomPKCECodeVerifier(), state: randomState() };
  const url = await buildAuthorizationUrlWithPAR(await server.exchange(), {
    redirect_uri,
    scope: UMA_PROTECTION,
    state: connecting.state,
    code_challenge: await calculatePKCECodeChallenge(connecting.code_verifier),
    code_challenge_method: "S256",
  }).catch(rethrown);
  return { url: url.href, connecting };
}

/**
 * The browser is back, at `url`: registers what is held for the person, with their PAT.
 *
 * @throws {RefusedRequest} `access_denied` when the person said "not now"; `invalid_grant` for a code that is late or was used.
 * Another error: not the browser that left.
 * @see UMA FedAuthz §3.2.1, RFC 9207 §2.4
 */
export async function finishConnecting(
  server: ResourceServer,
  url: URL,
  connecting: Connecting,
  resources: readonly [HeldResource, ...HeldResource[]],
): Promise<ConnectedOwner> {
  const exchange = await server.exchange();
  const DPoP = getDPoPHandle(exchange, await randomDPoPKeyPair("ES256"));
  const { access_token, refresh_token } = await authorizationCodeGrant(
    exchange,
    url,
    { pkceCodeVerifier: connecting.code_verifier, expectedState: connecting.state },
    { redirect_uri: connecting.redirect_uri },
    { DPoP },
  ).catch((failure: unknown) => {
    if (failure instanceof AuthorizationResponseError)
      throw new RefusedRequest(400, failure.error, failure.error_description);
    return rethrown(failure);
  });
  return { ...(await registered(registrarWith(exchange, { access_token, DPoP }), resources)), refresh_token };
}

/**
 * OIDC Core §4: whether a call of our `initiate_login_uri` comes from the exchange we know. Any page can send a browser there: it says
 * nothing about who the person is, so ask them to sign in, then `beginConnecting`.
 */
export function isStartedBy(server: ResourceServer, url: URL): boolean {
  return url.searchParams.get("iss") === server.options.issuer;
}
