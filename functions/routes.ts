/** THE API AT A GLANCE: method, path, function (a file in this folder), who may call it, and the specification it follows. */
export interface Route {
  readonly methods: readonly ("GET" | "POST" | "PUT" | "DELETE")[];
  readonly path: string;
  readonly function: HttpFunction;
  readonly rights:
    | "anyone"
    | "browser"
    | "client"
    | "initial_access_token"
    | "registration_access_token"
    | "openid"
    | "uma_protection"
    | "operate"
    | "grant_management_query"
    | "grant_management_revoke"
    | "web_origin"
    | "handle"
    | "person";
  readonly spec: string;
}

export type HttpFunction =
  | "discovery"
  | "authorize"
  | "token"
  | "introspect"
  | "register"
  | "protection"
  | "wallet"
  | "operator";

export const routes: readonly Route[] = [
  route("GET", "/.well-known/openid-configuration", "discovery", "anyone", "OIDC Discovery §4"),
  route("GET", "/.well-known/oauth-authorization-server", "discovery", "anyone", "RFC 8414 §3"),
  route("GET", "/.well-known/uma2-configuration", "discovery", "anyone", "UMA Grant §2"),
  route("GET", "/.well-known/assetlinks.json", "discovery", "anyone", "Digital Asset Links"),
  route("GET", "/.well-known/apple-app-site-association", "discovery", "anyone", "Apple Associated Domains"),
  route("GET", "/jwks", "discovery", "anyone", "RFC 7517 §5"),

  route("POST", "/par", "authorize", "client", "RFC 9126 §2"),
  route("GET POST", "/authorize", "authorize", "anyone", "RFC 6749 §3.1"),
  route("GET", "/authorize/elsewhere", "authorize", "browser", "RFC 10027 §6.1"),
  route("GET", "/authorize/resume", "authorize", "browser", "RFC 6749 §4.1.2"),
  route("GET", "/claims", "authorize", "anyone", "UMA Grant §3.3.2"),
  route("GET", "/claims/resume", "authorize", "browser", "UMA Grant §3.3.3"),
  route("POST", "/bc-authorize", "authorize", "client", "CIBA Core §7"),
  route("POST", "/token", "token", "client", "RFC 6749 §3.2"),
  route("POST", "/introspect", "introspect", "client", "RFC 7662 §2"),
  route("POST", "/revoke", "introspect", "client", "RFC 7009 §2"),
  route("POST", "/register", "register", "initial_access_token", "RFC 7591 §3"),
  route("GET PUT DELETE", "/register/{client_id}", "register", "registration_access_token", "RFC 7592 §2"),
  route("GET POST", "/userinfo", "introspect", "openid", "OIDC Core §5.3"),
  route("GET", "/grants/{grant_id}", "introspect", "grant_management_query", "Grant Management §6.4"),
  route("DELETE", "/grants/{grant_id}", "introspect", "grant_management_revoke", "Grant Management §6.5"),

  route("GET POST", "/rreg", "protection", "uma_protection", "UMA FedAuthz §3.2"),
  route("GET PUT DELETE", "/rreg/{id}", "protection", "uma_protection", "UMA FedAuthz §3.2"),
  route("POST", "/permission", "protection", "uma_protection", "UMA FedAuthz §4"),

  route("POST", "/wallet/account/options", "wallet", "web_origin", "WebAuthn §7.1"),
  route("POST", "/wallet/account", "wallet", "web_origin", "WebAuthn §7.1"),
  route("POST", "/wallet/session/options", "wallet", "web_origin", "WebAuthn §7.2"),
  route("POST DELETE", "/wallet/session", "wallet", "web_origin", "WebAuthn §7.2"),
  route("GET", "/wallet/sessions", "wallet", "person", "protocol/wallet-sessions.ts"),
  route("DELETE", "/wallet/sessions/{id}", "wallet", "person", "protocol/wallet-sessions.ts"),
  route("POST", "/wallet/session/end-others", "wallet", "person", "protocol/wallet.ts"),
  route("POST", "/wallet/recovery", "wallet", "web_origin", "docs/decisions/recovery.md"),
  route("GET", "/wallet/recovery/{id}", "wallet", "handle", "docs/decisions/recovery.md"),
  route("POST", "/wallet/recovery/{id}", "wallet", "web_origin", "WebAuthn §7.1"),
  route("POST", "/wallet/recovery/{id}/options", "wallet", "web_origin", "WebAuthn §7.1"),
  route("POST", "/wallet/me/recovery-code", "wallet", "person", "docs/decisions/recovery.md"),
  route("POST", "/wallet/me/recovery/decline", "wallet", "person", "docs/decisions/recovery.md"),
  route("POST", "/wallet/me/recovery/stop", "wallet", "person", "docs/decisions/recovery.md"),
  route("POST", "/wallet/confirm/options", "wallet", "person", "WebAuthn §7.2"),
  route("GET POST", "/wallet/passkeys", "wallet", "person", "WebAuthn §7.1"),
  route("POST", "/wallet/passkeys/options", "wallet", "person", "WebAuthn §7.1"),
  route("PUT", "/wallet/passkeys/{id}", "wallet", "person", "protocol/wallet-passkeys.ts"),
  route("POST", "/wallet/passkeys/{id}/remove", "wallet", "person", "protocol/wallet-passkeys.ts"),
  route("GET", "/wallet/me", "wallet", "person", "protocol/wallet.ts"),
  route("PUT", "/wallet/me/wallet-name", "wallet", "person", "protocol/wallet.ts"),
  route("PUT", "/wallet/me/user-code", "wallet", "person", "CIBA Core §7.1"),
  route("PUT", "/wallet/me/quiet-hours", "wallet", "person", "protocol/wallet.ts"),
  route("GET POST", "/wallet/devices", "wallet", "person", "protocol/wallet.ts"),
  route("PUT", "/wallet/me/reminders", "wallet", "person", "protocol/settings.ts"),
  route("GET", "/wallet/devices/key", "wallet", "person", "RFC 8292 §4"),
  route("GET", "/wallet/notifications/{id}", "wallet", "person", "protocol/push.ts"),
  route("POST", "/wallet/me/erase", "wallet", "person", "protocol/wallet-ceremonies.ts"),
  route("GET", "/wallet/export", "wallet", "person", "protocol/wallet-export.ts"),
  route("GET", "/wallet/activity", "wallet", "person", "protocol/wallet-activity.ts"),
  route("PUT DELETE", "/wallet/devices/{id}", "wallet", "person", "protocol/wallet-devices.ts"),
  route("POST", "/wallet/codes", "wallet", "person", "protocol/wallet.ts"),
  route("GET", "/wallet/sources", "wallet", "person", "protocol/wallet-sources.ts"),
  route("POST", "/wallet/sources/{id}/unlink", "wallet", "person", "protocol/wallet-sources.ts"),
  route("GET", "/wallet/asks/{id}", "wallet", "handle", "protocol/wallet-asks.ts"),
  route("POST", "/wallet/asks/{id}", "wallet", "person", "protocol/wallet-asks.ts"),
  route("GET", "/wallet/elsewhere/{id}", "wallet", "handle", "protocol/wallet-asks.ts"),
  route("GET", "/wallet/numbers/{id}", "wallet", "person", "RFC 8628 §3.2"),
  route("GET POST", "/wallet/claims/{id}", "wallet", "person", "protocol/wallet-claims.ts"),
  route("POST", "/wallet/claims/{id}/refuse", "wallet", "person", "protocol/wallet-claims.ts"),
  route("GET", "/wallet/places", "wallet", "person", "OIDC Core §4"),
  route("GET", "/wallet/logos/{id}", "wallet", "handle", "docs/operator.md"),
  route("GET", "/wallet/muted", "wallet", "person", "protocol/wallet-asks.ts"),
  route("DELETE", "/wallet/muted/{id}", "wallet", "person", "protocol/wallet-asks.ts"),
  route("GET", "/wallet/links/{id}", "wallet", "person", "protocol/wallet-sources.ts"),
  route("POST", "/wallet/links/{id}/approve", "wallet", "person", "protocol/wallet-sources.ts"),
  route("POST", "/wallet/links/{id}/decline", "wallet", "person", "protocol/wallet-sources.ts"),
  route("GET", "/wallet/requests", "wallet", "person", "protocol/wallet.ts"),
  route("GET", "/wallet/requests/{id}", "wallet", "person", "protocol/wallet.ts"),
  route("POST", "/wallet/requests/{id}/approve", "wallet", "person", "protocol/wallet.ts"),
  route("POST", "/wallet/requests/{id}/decline", "wallet", "person", "protocol/wallet.ts"),
  route("GET", "/wallet/consents", "wallet", "person", "protocol/wallet.ts"),
  route("GET", "/wallet/consents/{id}", "wallet", "person", "protocol/wallet.ts"),
  route("POST", "/wallet/consents/{id}/withdraw", "wallet", "person", "protocol/wallet.ts"),
  route("POST", "/wallet/consents/{id}/pause", "wallet", "person", "protocol/wallet.ts"),
  route("POST", "/wallet/consents/{id}/resume", "wallet", "person", "protocol/wallet.ts"),
  route("POST", "/wallet/consents/{id}/keep", "wallet", "person", "protocol/wallet.ts"),
  route("POST", "/wallet/consents/{id}/forget", "wallet", "person", "protocol/wallet-activity.ts"),
  route("POST", "/wallet/consents/{id}/shorten", "wallet", "person", "protocol/wallet-life.ts"),

  route("GET POST", "/operator/{kind}", "operator", "operate", "docs/operator.md"),
  route("GET", "/operator/{kind}/{id}", "operator", "operate", "docs/operator.md"),
  route("POST", "/operator/{kind}/{id}/suspend", "operator", "operate", "docs/operator.md"),
  route("POST", "/operator/{kind}/{id}/resume", "operator", "operate", "docs/operator.md"),
  route("PUT DELETE", "/operator/{kind}/{id}/logo", "operator", "operate", "docs/operator.md"),
];

function route(methods: string, path: string, file: HttpFunction, rights: Route["rights"], spec: string): Route {
  return { methods: methods.split(" ") as unknown as Route["methods"], path, function: file, rights, spec };
}
