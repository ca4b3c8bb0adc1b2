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

export const routes = [
  {
    methods: ["GET"],
    path: "/.well-known/openid-configuration",
    function: "discovery",
    rights: "anyone",
    spec: "OIDC Discovery §4",
  },
  {
    methods: ["GET"],
    path: "/.well-known/oauth-authorization-server",
    function: "discovery",
    rights: "anyone",
    spec: "RFC 8414 §3",
  },
  {
    methods: ["GET"],
    path: "/.well-known/uma2-configuration",
    function: "discovery",
    rights: "anyone",
    spec: "UMA Grant §2",
  },
  { methods: ["GET"], path: "/jwks", function: "discovery", rights: "anyone", spec: "RFC 7517 §5" },

  { methods: ["POST"], path: "/par", function: "authorize", rights: "client", spec: "RFC 9126 §2" },
  { methods: ["GET"], path: "/authorize", function: "authorize", rights: "anyone", spec: "RFC 6749 §3.1" },
  { methods: ["GET"], path: "/authorize/elsewhere", function: "authorize", rights: "browser", spec: "RFC 10027 §6.1" },
  { methods: ["GET"], path: "/authorize/resume", function: "authorize", rights: "browser", spec: "RFC 6749 §4.1.2" },
  { methods: ["GET"], path: "/claims", function: "authorize", rights: "anyone", spec: "UMA Grant §3.3.2" },
  { methods: ["GET"], path: "/claims/resume", function: "authorize", rights: "browser", spec: "UMA Grant §3.3.3" },
  { methods: ["POST"], path: "/bc-authorize", function: "authorize", rights: "client", spec: "CIBA Core §7" },
  { methods: ["POST"], path: "/token", function: "token", rights: "client", spec: "RFC 6749 §3.2" },
  { methods: ["POST"], path: "/introspect", function: "introspect", rights: "client", spec: "RFC 7662 §2" },
  { methods: ["POST"], path: "/revoke", function: "introspect", rights: "client", spec: "RFC 7009 §2" },
  { methods: ["POST"], path: "/register", function: "register", rights: "initial_access_token", spec: "RFC 7591 §3" },
  {
    methods: ["GET", "PUT", "DELETE"],
    path: "/register/{client_id}",
    function: "register",
    rights: "registration_access_token",
    spec: "RFC 7592 §2",
  },
  {
    methods: ["GET", "POST"],
    path: "/userinfo",
    function: "introspect",
    rights: "openid",
    spec: "OIDC Core §5.3",
  },
  {
    methods: ["GET"],
    path: "/grants/{grant_id}",
    function: "introspect",
    rights: "grant_management_query",
    spec: "Grant Management §6.4",
  },
  {
    methods: ["DELETE"],
    path: "/grants/{grant_id}",
    function: "introspect",
    rights: "grant_management_revoke",
    spec: "Grant Management §6.5",
  },

  {
    methods: ["GET", "POST"],
    path: "/rreg",
    function: "protection",
    rights: "uma_protection",
    spec: "UMA FedAuthz §3.2",
  },
  {
    methods: ["GET", "PUT", "DELETE"],
    path: "/rreg/{id}",
    function: "protection",
    rights: "uma_protection",
    spec: "UMA FedAuthz §3.2",
  },
  {
    methods: ["POST"],
    path: "/permission",
    function: "protection",
    rights: "uma_protection",
    spec: "UMA FedAuthz §4",
  },

  {
    methods: ["POST"],
    path: "/wallet/account/options",
    function: "wallet",
    rights: "web_origin",
    spec: "WebAuthn §7.1",
  },
  { methods: ["POST"], path: "/wallet/account", function: "wallet", rights: "web_origin", spec: "WebAuthn §7.1" },
  {
    methods: ["POST"],
    path: "/wallet/session/options",
    function: "wallet",
    rights: "web_origin",
    spec: "WebAuthn §7.2",
  },
  {
    methods: ["POST", "DELETE"],
    path: "/wallet/session",
    function: "wallet",
    rights: "web_origin",
    spec: "WebAuthn §7.2",
  },
  { methods: ["GET"], path: "/wallet/me", function: "wallet", rights: "person", spec: "protocol/wallet.ts" },
  {
    methods: ["PUT"],
    path: "/wallet/me/wallet-name",
    function: "wallet",
    rights: "person",
    spec: "protocol/wallet.ts",
  },
  {
    methods: ["PUT"],
    path: "/wallet/me/user-code",
    function: "wallet",
    rights: "person",
    spec: "CIBA Core §7.1",
  },
  {
    methods: ["PUT"],
    path: "/wallet/me/quiet-hours",
    function: "wallet",
    rights: "person",
    spec: "protocol/wallet.ts",
  },
  { methods: ["POST"], path: "/wallet/devices", function: "wallet", rights: "person", spec: "protocol/wallet.ts" },
  { methods: ["POST"], path: "/wallet/codes", function: "wallet", rights: "person", spec: "protocol/wallet.ts" },
  { methods: ["GET"], path: "/wallet/sources", function: "wallet", rights: "person", spec: "protocol/wallet.ts" },
  {
    methods: ["POST"],
    path: "/wallet/sources/{id}/unlink",
    function: "wallet",
    rights: "person",
    spec: "protocol/wallet.ts",
  },
  { methods: ["GET"], path: "/wallet/asks/{id}", function: "wallet", rights: "handle", spec: "protocol/wallet.ts" },
  { methods: ["POST"], path: "/wallet/asks/{id}", function: "wallet", rights: "person", spec: "protocol/wallet.ts" },
  {
    methods: ["GET"],
    path: "/wallet/elsewhere/{id}",
    function: "wallet",
    rights: "handle",
    spec: "protocol/wallet.ts",
  },
  {
    methods: ["GET", "POST"],
    path: "/wallet/claims/{id}",
    function: "wallet",
    rights: "person",
    spec: "protocol/wallet.ts",
  },
  {
    methods: ["POST"],
    path: "/wallet/claims/{id}/refuse",
    function: "wallet",
    rights: "person",
    spec: "protocol/wallet.ts",
  },
  { methods: ["GET"], path: "/wallet/places", function: "wallet", rights: "person", spec: "OIDC Core §4" },
  { methods: ["GET"], path: "/wallet/links/{id}", function: "wallet", rights: "person", spec: "protocol/wallet.ts" },
  {
    methods: ["POST"],
    path: "/wallet/links/{id}/approve",
    function: "wallet",
    rights: "person",
    spec: "protocol/wallet.ts",
  },
  {
    methods: ["POST"],
    path: "/wallet/links/{id}/decline",
    function: "wallet",
    rights: "person",
    spec: "protocol/wallet.ts",
  },
  { methods: ["GET"], path: "/wallet/requests", function: "wallet", rights: "person", spec: "protocol/wallet.ts" },
  { methods: ["GET"], path: "/wallet/requests/{id}", function: "wallet", rights: "person", spec: "protocol/wallet.ts" },
  {
    methods: ["POST"],
    path: "/wallet/requests/{id}/approve",
    function: "wallet",
    rights: "person",
    spec: "protocol/wallet.ts",
  },
  {
    methods: ["POST"],
    path: "/wallet/requests/{id}/decline",
    function: "wallet",
    rights: "person",
    spec: "protocol/wallet.ts",
  },
  { methods: ["GET"], path: "/wallet/consents", function: "wallet", rights: "person", spec: "protocol/wallet.ts" },
  { methods: ["GET"], path: "/wallet/consents/{id}", function: "wallet", rights: "person", spec: "protocol/wallet.ts" },
  {
    methods: ["POST"],
    path: "/wallet/consents/{id}/withdraw",
    function: "wallet",
    rights: "person",
    spec: "protocol/wallet.ts",
  },

  {
    methods: ["GET", "POST"],
    path: "/operator/{kind}",
    function: "operator",
    rights: "operate",
    spec: "docs/operator.md",
  },
  {
    methods: ["GET"],
    path: "/operator/{kind}/{id}",
    function: "operator",
    rights: "operate",
    spec: "docs/operator.md",
  },
  {
    methods: ["POST"],
    path: "/operator/{kind}/{id}/suspend",
    function: "operator",
    rights: "operate",
    spec: "docs/operator.md",
  },
  {
    methods: ["POST"],
    path: "/operator/{kind}/{id}/resume",
    function: "operator",
    rights: "operate",
    spec: "docs/operator.md",
  },
] as const satisfies readonly Route[];
