import { type Parameters, tokens } from "../protocol/oauth.ts";
import { type RequestContext, requestContext } from "../protocol/request-context.ts";
import type { Exchange } from "./exchange.ts";
import { hintedSub } from "./id-token.ts";
import { OAuthError } from "./oauth-error.ts";
import { codeKey } from "./one-time-code.ts";
import type { Client } from "./party.ts";
import { nameHash, subHash } from "./person.ts";
import { spelledCode } from "./random.ts";
import { broughtUserCode } from "./user-code.ts";

/** The hard end told to the Client, in seconds; what it may wish instead, for a person who is away. */
const LIFE = 900;
const [SHORTEST, LONGEST] = [10, 86_400];

export interface AskedInBackchannel {
  /** Which pointer names the person (`core/authorization-request.ts`). */
  readonly hint: string;
  /** Sealed. */
  readonly userCode: string | undefined;
  readonly bindingMessage: string | undefined;
  readonly context: RequestContext | undefined;
  /** Seconds. */
  readonly life: number;
  readonly notificationToken: string | undefined;
}

/**
 * CIBA Core §7.1: whom an authentication request is for and how it is to be delivered, by its parameters alone: whom the hint names is not looked up.
 * @throws OAuthError of CIBA Core §13
 */
export async function readBackchannel(
  as: Exchange,
  client: Client,
  parameters: Parameters,
): Promise<AskedInBackchannel> {
  if (!tokens(parameters.get("scope")).includes("openid"))
    throw new OAuthError("invalid_scope", "CIBA Core §7.1: scope must contain openid");
  const bindingMessage = bindingMessageOf(parameters, client);
  const context = contextOf(parameters);
  const life = lifeOf(parameters);
  const notificationToken = tokenOf(parameters, client);
  const hint = await readHint(as, client, parameters);
  const userCode = await broughtUserCode(as, client, hint, parameters.get("user_code"));
  return { hint, userCode, bindingMessage, context, life, notificationToken };
}

function bindingMessageOf(parameters: Parameters, client: Client): string | undefined {
  const bindingMessage = parameters.get("binding_message");
  if (bindingMessage !== undefined && !/^(?=.*[A-Za-z0-9])[A-Za-z0-9 .-]{1,50}$/.test(bindingMessage))
    throw new OAuthError("invalid_binding_message", "outside 1 to 50 of A-Z a-z 0-9 space . -");
  // FAPI-CIBA §5.2.2: without a unique context of ours on both screens, the Client must bring one.
  if (bindingMessage === undefined && !client.fpx_number_match)
    throw new OAuthError("invalid_binding_message", "no binding_message");
  return bindingMessage;
}

/** FAPI-CIBA §5.3. Members of other ecosystems are no mistake; what is no object is. */
function contextOf(parameters: Parameters): RequestContext | undefined {
  const sent = parameters.get("request_context");
  const context = sent === undefined ? undefined : requestContext(sent);
  if (sent !== undefined && context === undefined)
    throw new OAuthError("invalid_request", "request_context is no JSON object of at most 1000 characters");
  return context;
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
    return `sub:${await subHash(client.client_id, await hintedSub(as, client.client_id, idTokenHint))}`;
  if (hints.length !== 1 || loginHint === undefined)
    throw new OAuthError("invalid_request", `hints: ${hints.join(" ") || "none"}`);
  if (loginHint.length > 64) throw new OAuthError("invalid_request", "login_hint longer than 64 characters");
  const code = spelledCode(loginHint);
  return code === undefined ? `name:${await nameHash(loginHint)}` : `code:${await codeKey("app", code)}`;
}
