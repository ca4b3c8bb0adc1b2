/** Error codes and the HTTP status each travels with. Registered ones carry their section; ours serve the wallet and operator surfaces. */
export const statusOf = {
  invalid_request: 400, // RFC 6749 §5.2
  invalid_client: 401, // RFC 6749 §5.2
  invalid_grant: 400, // RFC 6749 §5.2
  unauthorized_client: 400, // RFC 6749 §5.2, CIBA Core §13
  unsupported_grant_type: 400, // RFC 6749 §5.2
  invalid_scope: 400, // RFC 6749 §5.2, CIBA Core §13
  invalid_target: 400, // RFC 8707 §2
  invalid_authorization_details: 400, // RFC 9396 §5
  invalid_dpop_proof: 400, // RFC 9449 §5
  use_dpop_nonce: 400, // RFC 9449 §8
  invalid_token: 401, // RFC 6750 §3.1
  insufficient_scope: 403, // RFC 6750 §3.1
  invalid_grant_id: 400, // Grant Management §5.4
  invalid_binding_message: 400, // CIBA Core §13
  missing_user_code: 400, // CIBA Core §13
  invalid_user_code: 400, // CIBA Core §13
  authorization_pending: 400, // CIBA Core §11
  slow_down: 400, // CIBA Core §11
  expired_token: 400, // CIBA Core §11
  access_denied: 400, // CIBA Core §11
  too_many_requests: 429, // RFC 6585 §4
  invalid_request_object: 400, // RFC 9101 §6
  invalid_request_uri: 400, // OIDC Core §3.1.2.6, RFC 9126 §2.2
  interaction_required: 400, // OIDC Core §3.1.2.6
  unsupported_response_type: 400, // RFC 6749 §4.1.2.1
  invalid_client_metadata: 400, // RFC 7591 §3.2.2
  invalid_redirect_uri: 400, // RFC 7591 §3.2.2
  invalid_software_statement: 400, // RFC 7591 §3.2.2
  unapproved_software_statement: 400, // RFC 7591 §3.2.2
  invalid_resource_id: 400, // UMA FedAuthz §4.3
  need_info: 403, // UMA Grant §3.3.6
  request_submitted: 403, // UMA Grant §3.3.6
  request_denied: 403, // UMA Grant §3.3.6
  unsupported_method_type: 405, // UMA FedAuthz §6
  login_required: 401, // OIDC Core §3.1.2.6; wallet: no session
  forbidden: 403, // wallet: foreign origin
  not_found: 404,
  conflict: 409, // wallet, operator: the record changed meanwhile
  gone: 410, // wallet: over, or its app or source is stopped
  late: 410, // wallet: its time ran out
  muted: 410, // wallet: the person muted the app that asks
  missed: 410, // wallet: three wrong numbers
  released: 410, // wallet: its Client gave up the grant it was about
  taken: 410, // wallet: one that another person, or another device, has taken up
  used: 410, // wallet: answered
  unprocessable: 422, // wallet: an answer to something that was not asked
  server_error: 500,
  temporarily_unavailable: 503, // RFC 6749 §4.1.2.1
} as const;

export type ErrorCode = keyof typeof statusOf;
