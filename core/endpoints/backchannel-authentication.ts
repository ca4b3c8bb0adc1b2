import { type BackchannelAuthenticationResponse, grantType, type Parameters, tokens } from "../../protocol/oauth.ts";
import { authenticateClient } from "../client-authentication.ts";
import { type Exchange, now } from "../exchange.ts";
import { subjectOf } from "../grant-management.ts";
import { INTERVAL } from "../grants/pace.ts";
import { handleKind, newHandle } from "../handles.ts";
import { hintedSub } from "../id-token.ts";
import { newNumberMatch } from "../number-match.ts";
import { OAuthError } from "../oauth-error.ts";
import { codeKey } from "../one-time-code.ts";
import type { Client } from "../party.ts";
import { nameHash, subHash } from "../person.ts";
import { sealPing } from "../ping.ts";
import { randomId, spelledCode } from "../random.ts";
import { requestTerms } from "../request-terms.ts";
import { authenticationRequest } from "../signed-request.ts";
import type { FormRequest } from "./request.ts";

/** The hard end told to the Client, in seconds; what it may wish instead, for a person who is away. */
const LIFE = 900;
const [SHORTEST, LONGEST] = [10, 86_400];
/** Our number: how often one Client may use one hint in five minutes, known or not. */
const PER_HINT = 5;
const WINDOW = 300;

/** CIBA Core §7. Whom the hint names is found out behind the answer, from the record's stream: every hint, known or not, costs and looks the same (N-54). */
export async function backchannelAuthenticationEndpoint(
  as: Exchange,
  request: FormRequest,
): Promise<BackchannelAuthenticationResponse> {
  const client = await authenticatedClient(as, request);
  const parameters = await authenticationRequest(as, client, request.parameters);
  const { bindingMessage, life, notificationToken } = read(parameters, client);
  const hint = await readHint(as, client, parameters);

  const { details, scope, decisionId } = await requestTerms(as, client, parameters);
  const subject = await subjectOf(as, client.client_id, parameters, { details });
  await withinLimit(as, client, hint);

  const id = randomId();
  const time = now(as);
  const numberMatch = client.fpx_number_match ? newNumberMatch() : undefined;
  const { handle, hash } = await newHandle(as, handleKind.authReqId, id, time);
  await as.records.requests.insert(id, {
    state: "received",
    door: "backchannel",
    clientId: client.client_id,
    hint,
    ...subject,
    terms: { details },
    scope,
    ...(bindingMessage !== undefined && { bindingMessage }),
    ...(numberMatch !== undefined && { numberMatch }),
    handleHash: hash,
    ...(notificationToken !== undefined && { ping: await sealPing(as, handle, notificationToken) }),
    spent: [],
    createdAt: time,
    expiresAt: time + life,
    decisionId,
  });

  return {
    auth_req_id: handle,
    expires_in: life,
    interval: INTERVAL,
    ...(numberMatch !== undefined && { number: numberMatch.number }),
  };
}

async function authenticatedClient(as: Exchange, request: FormRequest): Promise<Client> {
  const party = await authenticateClient(as, request);
  const client = await as.registry.client(party.client_id);
  if (client === undefined || !client.grant_types.includes(grantType.ciba))
    throw new OAuthError("unauthorized_client", `${party.client_id} is not registered for CIBA (§13)`);
  return client;
}

function read(
  parameters: Parameters,
  client: Client,
): { bindingMessage: string | undefined; life: number; notificationToken: string | undefined } {
  if (!tokens(parameters.get("scope")).includes("openid"))
    throw new OAuthError("invalid_scope", "CIBA Core §7.1: scope must contain openid");
  const bindingMessage = parameters.get("binding_message");
  if (bindingMessage !== undefined && !/^(?=.*[A-Za-z0-9])[A-Za-z0-9 .-]{1,50}$/.test(bindingMessage))
    throw new OAuthError("invalid_binding_message", "outside 1 to 50 of A-Z a-z 0-9 space . -");
  // FAPI-CIBA §5.2.2: without a unique context of ours on both screens, the Client must bring one.
  if (bindingMessage === undefined && !client.fpx_number_match)
    throw new OAuthError("invalid_binding_message", "no binding_message");
  return { bindingMessage, life: lifeOf(parameters), notificationToken: tokenOf(parameters, client) };
}

/** CIBA Core §7.1: required of ping Clients, in RFC 6750 §2.1's characters; of others it means nothing. */
function tokenOf(parameters: Parameters, client: Client): string | undefined {
  if (client.backchannel_token_delivery_mode !== "ping") return undefined;
  const token = parameters.get("client_notification_token") ?? "";
  if (token.length > 1_024 || !/^[\w.~+/-]+=*$/.test(token))
    throw new OAuthError("invalid_request", "client_notification_token is no b68 token of 1 to 1024 characters");
  return token;
}

/** CIBA Core §7.1 `requested_expiry`: a wish, brought within what we offer. */
function lifeOf(parameters: Parameters): number {
  const wish = parameters.get("requested_expiry") ?? String(LIFE);
  if (!/^[1-9]\d{0,9}$/.test(wish)) throw new OAuthError("invalid_request", `requested_expiry ${wish}`);
  return Math.min(Math.max(Number(wish), SHORTEST), LONGEST);
}

/** CIBA Core §7.1: exactly one hint. An ID token of ours, a one-time code of the Wallet, or a Wallet name; which of the last two only its shape tells. */
async function readHint(as: Exchange, client: Client, parameters: Parameters): Promise<string> {
  const hints = ["login_hint", "id_token_hint", "login_hint_token"].filter((name) => parameters.has(name));
  const loginHint = parameters.get("login_hint");
  const idTokenHint = parameters.get("id_token_hint");
  if (hints.length === 1 && idTokenHint !== undefined)
    return `name:${await subHash(client.client_id, await hintedSub(as, client.client_id, idTokenHint))}`;
  if (hints.length !== 1 || loginHint === undefined)
    throw new OAuthError("invalid_request", `hints: ${hints.join(" ") || "none"}`);
  if (loginHint.length > 64) throw new OAuthError("invalid_request", "login_hint longer than 64 characters");
  const code = spelledCode(loginHint);
  return code === undefined ? `name:${await nameHash(loginHint)}` : `code:${await codeKey("app", code)}`;
}

async function withinLimit(as: Exchange, client: Client, hint: string): Promise<void> {
  const window = Math.floor(now(as) / WINDOW);
  const key = `LIMIT#${client.client_id} ${hint} ${window}`;
  const end = (window + 1) * WINDOW;
  if ((await as.guards.count(key, end)) > PER_HINT)
    throw new OAuthError("too_many_requests", "too many requests for this hint", {
      headers: { "retry-after": String(end - now(as)) },
    });
}
