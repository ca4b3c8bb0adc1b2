import { type ErrorCode, statusOf } from "../protocol/oauth-errors.ts";

/** What the outside is told: one constant sentence per code, so that no two reasons look different (security.md, uniform refusals). */
const sentences: Record<ErrorCode, string> = {
  invalid_request: "The request is malformed, misses a parameter or repeats one.",
  invalid_client: "Client authentication failed.",
  invalid_grant: "The grant is not valid.",
  unauthorized_client: "The client may not use this grant.",
  unsupported_grant_type: "The grant type is not supported.",
  invalid_scope: "The scope is malformed, unknown or more than the client may ask.",
  invalid_target: "The resource is not one that was granted.",
  invalid_authorization_details: "The authorization details are malformed, unknown or more than the client may ask.",
  invalid_dpop_proof: "The DPoP proof is not valid.",
  use_dpop_nonce: "The DPoP proof must carry the nonce in DPoP-Nonce.",
  invalid_token: "The access token is not valid.",
  insufficient_scope: "The access token does not open this.",
  invalid_grant_id: "The grant_id is not one of a grant that can be changed.",
  invalid_binding_message: "The binding message must be 1 to 50 letters, digits, spaces, dots or hyphens.",
  missing_user_code: "The user code is required and missing.",
  invalid_user_code: "The user code is not valid.",
  authorization_pending: "The person has not answered yet.",
  slow_down: "The client asks too often.",
  expired_token: "The request has expired.",
  access_denied: "The request was declined.",
  too_many_requests: "Too many requests for this hint.",
  invalid_request_object: "The request object is not valid.",
  invalid_request_uri: "The request_uri is not valid.",
  interaction_required: "The person has to answer.",
  unsupported_response_type: "The response type is not supported.",
  invalid_client_metadata: "The client metadata is not acceptable.",
  invalid_redirect_uri: "A redirection URI is not acceptable.",
  invalid_software_statement: "The software statement is not valid.",
  unapproved_software_statement: "The software statement is not approved here.",
  invalid_resource_id: "The resource is not registered.",
  need_info: "The authorization server must know who the requesting party is.",
  request_submitted: "The resource owner has been asked.",
  request_denied: "The client may not have these permissions.",
  unsupported_method_type: "The method is not supported here.",
  login_required: "Sign in first.",
  forbidden: "Not from this origin.",
  not_found: "There is nothing here.",
  conflict: "It changed meanwhile. Load it again.",
  gone: "It has been answered or has ended.",
  late: "Its time ran out.",
  muted: "You muted this app.",
  missed: "Three wrong numbers ended it.",
  released: "The client took it back.",
  taken: "It was taken up on another device, or by someone else.",
  used: "It was answered.",
  unprocessable: "The answer does not fit what was asked.",
  server_error: "Something went wrong on our side.",
  temporarily_unavailable: "Not available right now. Try again shortly.",
};

/** A refusal. `reason` (the message) is precise and for the log alone; outside is the code's constant sentence, or `description` where the caller is an operator or registrant who must mend their input. */
export class OAuthError extends Error {
  override readonly name = "OAuthError";
  readonly code: ErrorCode;
  readonly description: string;
  readonly status: number;
  /** Response headers this refusal travels with. */
  readonly headers: Readonly<Record<string, string>>;
  /** What its specification tells beside the code (UMA Grant §3.3.6). */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    reason: string,
    options: {
      description?: string;
      headers?: Record<string, string>;
      members?: Record<string, unknown>;
      status?: number;
      cause?: unknown;
    } = {},
  ) {
    super(reason, { cause: options.cause });
    this.code = code;
    this.description = options.description ?? sentences[code];
    this.headers = options.headers ?? {};
    this.members = options.members ?? {};
    this.status = options.status ?? statusOf[code];
  }

  toJSON(): { error: ErrorCode; error_description: string } {
    return { error: this.code, error_description: this.description, ...this.members };
  }
}
