import type { JWK } from "jose";
import { CAPABILITY } from "../../protocol/authorization-details.ts";
import { grantManagementScopes, grantType, signingAlgorithms } from "../../protocol/oauth.ts";
import { responseModes } from "../authorization-response.ts";
import type { Exchange } from "../exchange.ts";
import { userinfoOf } from "../userinfo-token.ts";

/** RFC 8414 §2, OIDC Discovery §3, UMA Grant §2, UMA FedAuthz §2, CIBA Core §4, RFC 9396 §10, Grant Management §7.1. Nothing stands here that a test does not cover. */
export async function metadata({
  issuer,
  mtlsOrigin,
  registry,
}: Pick<Exchange, "issuer" | "mtlsOrigin" | "registry">): Promise<Record<string, unknown>> {
  // A secret is between an operator and a Client: it is not offered here.
  const methods = ["private_key_jwt", ...(mtlsOrigin === undefined ? [] : certificateMethods)];
  return {
    issuer,
    jwks_uri: `${issuer}/jwks`,
    authorization_endpoint: `${issuer}/authorize`,
    pushed_authorization_request_endpoint: `${issuer}/par`,
    require_pushed_authorization_requests: true,
    token_endpoint: `${issuer}/token`,
    backchannel_authentication_endpoint: `${issuer}/bc-authorize`,
    userinfo_endpoint: userinfoOf({ issuer }),
    introspection_endpoint: `${issuer}/introspect`,
    revocation_endpoint: `${issuer}/revoke`,
    registration_endpoint: `${issuer}/register`,
    resource_registration_endpoint: `${issuer}/rreg`,
    permission_endpoint: `${issuer}/permission`,
    claims_interaction_endpoint: `${issuer}/claims`,
    grant_types_supported: Object.values(grantType),
    request_parameter_supported: true,
    request_uri_parameter_supported: false,
    request_object_signing_alg_values_supported: signingAlgorithms,
    response_types_supported: ["code"],
    response_modes_supported: Object.keys(responseModes),
    authorization_signing_alg_values_supported: ["ES256"],
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
    scopes_supported: ["openid", "uma_protection", ...grantManagementScopes],
    authorization_details_types_supported: [CAPABILITY, ...(await registry.definitionTypes())],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["ES256"],
    token_endpoint_auth_methods_supported: methods,
    token_endpoint_auth_signing_alg_values_supported: signingAlgorithms,
    introspection_endpoint_auth_methods_supported: [...methods, "DPoP"],
    introspection_endpoint_auth_signing_alg_values_supported: signingAlgorithms,
    introspection_signing_alg_values_supported: ["ES256"],
    revocation_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_signing_alg_values_supported: signingAlgorithms,
    dpop_signing_alg_values_supported: signingAlgorithms,
    backchannel_token_delivery_modes_supported: ["poll", "ping"],
    backchannel_authentication_request_signing_alg_values_supported: signingAlgorithms,
    backchannel_user_code_parameter_supported: true,
    grant_management_endpoint: `${issuer}/grants`,
    grant_management_actions_supported: ["query", "revoke", "create", "merge", "replace"],
    grant_management_action_required: false,
    ...(mtlsOrigin !== undefined && mutualTls(mtlsOrigin)),
  };
}

const certificateMethods: readonly string[] = ["tls_client_auth", "self_signed_tls_client_auth"];

/** RFC 8705 §3.3 and §5: what can be called at the host that asks for certificates. */
function mutualTls(origin: string): Record<string, unknown> {
  return {
    tls_client_certificate_bound_access_tokens: true,
    mtls_endpoint_aliases: {
      pushed_authorization_request_endpoint: `${origin}/par`,
      token_endpoint: `${origin}/token`,
      backchannel_authentication_endpoint: `${origin}/bc-authorize`,
      introspection_endpoint: `${origin}/introspect`,
      revocation_endpoint: `${origin}/revoke`,
      grant_management_endpoint: `${origin}/grants`,
      userinfo_endpoint: `${origin}/userinfo`,
      resource_registration_endpoint: `${origin}/rreg`,
      permission_endpoint: `${origin}/permission`,
    },
  };
}

/** RFC 7517 §5. */
export async function jwks({ tokenKeys }: Pick<Exchange, "tokenKeys">): Promise<{ keys: readonly JWK[] }> {
  return { keys: await tokenKeys.published() };
}
