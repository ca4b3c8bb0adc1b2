import { grantType, type Parameters, type PushedAuthorizationResponse, tokens } from "../../protocol/oauth.ts";
import { isCodeChallenge } from "../../protocol/pkce.ts";
import type { Redirect } from "../authorization-request.ts";
import { responseMode } from "../authorization-response.ts";
import { provenAtForm } from "../binding.ts";
import { authenticateClient } from "../client-authentication.ts";
import { type Exchange, now } from "../exchange.ts";
import { subjectOf } from "../grant-management.ts";
import { handleKind, newHandle } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import { type Client, isResourceServer, type Party, type ResourceServer } from "../party.ts";
import { randomId } from "../random.ts";
import { linkTerms, requestTerms } from "../request-terms.ts";
import { authorizationRequest } from "../signed-request.ts";
import type { FormRequest } from "./request.ts";

/** Seconds until the browser must have arrived (FAPI 2.0 §5.3.2.2: below 600), and until the person must have answered; a place that asks to become a source waits on once somebody took it. */
export const ARRIVE = 90;
export const ANSWER = 900;

const PREFIX = "urn:ietf:params:oauth:request_uri:";

/** RFC 9126 §2: the authorization request is taken, authenticated and checked before any browser is involved. */
export async function pushedAuthorizationEndpoint(
  as: Exchange,
  request: FormRequest,
): Promise<PushedAuthorizationResponse> {
  const client = await authenticatedClient(as, request);
  const parameters = await authorizationRequest(as, client, pushedOnly(request.parameters));
  const redirect = readRedirect(parameters, client);
  const dpop_jkt = await proofKey(as, client, request, parameters.get("dpop_jkt"));

  const { details, scope, decisionId } = await asked(as, client, parameters);
  const subject = await subjectOf(as, client.client_id, parameters, { details });

  const id = randomId();
  const time = now(as);
  const { handle, hash } = await newHandle(as, handleKind.requestUri, id, time);
  await as.records.requests.insert(id, {
    state: "received",
    door: "redirect",
    clientId: client.client_id,
    redirect: { ...redirect, ...(dpop_jkt !== undefined && { dpop_jkt }) },
    ...subject,
    terms: { details },
    scope,
    handleHash: hash,
    spent: [],
    createdAt: time,
    expiresAt: time + ANSWER,
    decisionId,
  });

  return { request_uri: PREFIX + handle, expires_in: ARRIVE };
}

/** The handle inside a request_uri of ours, or undefined for any other URI: none is ever fetched (N-16). */
export function handleInRequestUri(requestUri: string | undefined): string | undefined {
  return requestUri?.startsWith(PREFIX) ? requestUri.slice(PREFIX.length) : undefined;
}

type Redirecting = Client | ResourceServer;

async function authenticatedClient(as: Exchange, request: FormRequest): Promise<Redirecting> {
  const party = await authenticateClient(as, request);
  const client = isResourceServer(party)
    ? await as.registry.resourceServer(party.client_id)
    : await as.registry.client(party.client_id);
  if (client === undefined || !client.grant_types.includes(grantType.authorization_code))
    throw new OAuthError("unauthorized_client", `${party.client_id} is not registered for authorization_code`);
  return client;
}

/** A Client asks for data, a Resource Server to become a source. */
function asked(as: Exchange, client: Redirecting, parameters: Parameters) {
  return "capabilities" in client ? requestTerms(as, client, parameters) : linkTerms(as, client, parameters);
}

/** RFC 9126 §2.1: request_uri MUST NOT be provided (N-16). */
function pushedOnly(parameters: Parameters): Parameters {
  if (parameters.has("request_uri")) throw new OAuthError("invalid_request", "request_uri in a pushed request");
  return parameters;
}

function readRedirect(
  parameters: Parameters,
  client: Pick<Client, "redirect_uris" | "authorization_signed_response_alg">,
): Redirect {
  if (parameters.get("response_type") !== "code")
    throw new OAuthError("unsupported_response_type", "another response_type");
  // OIDC Core §3.1.2.1: nobody is signed in silently here.
  const prompts = tokens(parameters.get("prompt"));
  if (prompts.includes("none"))
    throw new OAuthError(prompts.length > 1 ? "invalid_request" : "interaction_required", "prompt none");
  const response_mode = responseMode(parameters.get("response_mode"), client);
  const redirect_uri = parameters.get("redirect_uri");
  // RFC 9700 §4.1.3: byte for byte, nothing parsed (N-19).
  if (redirect_uri === undefined || !client.redirect_uris?.includes(redirect_uri))
    throw new OAuthError("invalid_request", "the redirect_uri is not registered");
  const code_challenge = parameters.get("code_challenge");
  if (
    code_challenge === undefined ||
    !isCodeChallenge(code_challenge) ||
    parameters.get("code_challenge_method") !== "S256"
  )
    throw new OAuthError("invalid_request", "no S256 code_challenge (RFC 9700 §2.1.1)");
  const [state, nonce] = [parameters.get("state"), parameters.get("nonce")];
  if ((state?.length ?? 0) > 512 || (nonce?.length ?? 0) > 128)
    throw new OAuthError("invalid_request", "state or nonce too long");
  const named = { ...(state !== undefined && { state }), ...(nonce !== undefined && { nonce }) };
  return { redirect_uri, response_mode, code_challenge, ...named };
}

/** RFC 9449 §10.1: the code's key by `dpop_jkt`, by a proof at this endpoint, or by both when they agree. */
async function proofKey(
  as: Exchange,
  client: Party,
  request: FormRequest,
  named: string | undefined,
): Promise<string | undefined> {
  if (named !== undefined && !/^[\w-]{43}$/.test(named))
    throw new OAuthError("invalid_request", "dpop_jkt is no thumbprint");
  if (request.dpop === undefined) return named;
  const { jkt } = await provenAtForm(as, client, request);
  if (named !== undefined && named !== jkt) throw new OAuthError("invalid_dpop_proof", "dpop_jkt is another key's");
  return jkt;
}
