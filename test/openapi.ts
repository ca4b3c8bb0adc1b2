import { readFileSync, writeFileSync } from "node:fs";
import { toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import { type Route, routes } from "../functions/routes.ts";
import { AuthorizationDetails } from "../protocol/authorization-details.ts";
import { CapabilityTicket } from "../protocol/capability.ts";
import { LogoRequest } from "../protocol/logo.ts";
import {
  ClientMetadata,
  Purpose,
  RegistrationGrant,
  ResourceDefinition,
  ResourceServerMetadata,
  StatementIssuer,
} from "../protocol/registry.ts";
import { QuietHoursRequest, RemindersRequest, UserCodeRequest, WalletNameRequest } from "../protocol/settings.ts";
import { PermissionRequest, ResourceDescription } from "../protocol/uma.ts";
import * as wallet from "../protocol/wallet.ts";
import { Confirmation, ConfirmRequest } from "../protocol/wallet-ceremonies.ts";
import * as life from "../protocol/wallet-life.ts";
import { PasskeyRequest, RenameRequest } from "../protocol/wallet-passkeys.ts";
import { RecoveredRequest, RecoveryRequest } from "../protocol/wallet-recovery.ts";
import { LinkApproveRequest } from "../protocol/wallet-sources.ts";
import { type Api, apiPage } from "./api-page.ts";

/** `npm run openapi [-- --check]`: docs/openapi.json, and docs/api.md to read, from functions/routes.ts and the schemas the edge parses with. */
/** JSON bodies by route. */
const bodies: Readonly<Record<string, readonly GenericSchema[]>> = {
  "POST /register": [ClientMetadata, ResourceServerMetadata],
  "PUT /register/{client_id}": [ClientMetadata, ResourceServerMetadata],
  "POST /rreg": [ResourceDescription],
  "PUT /rreg/{id}": [ResourceDescription],
  "POST /permission": [PermissionRequest],
  "POST /operator/{kind}": [
    ResourceDefinition,
    Purpose,
    CapabilityTicket,
    ClientMetadata,
    ResourceServerMetadata,
    StatementIssuer,
    RegistrationGrant,
  ],
  "POST /wallet/account/options": [wallet.AccountOptionsRequest],
  "POST /wallet/account": [wallet.AccountRequest],
  "POST /wallet/session": [wallet.SessionRequest],
  "POST /wallet/recovery": [RecoveryRequest],
  "POST /wallet/recovery/{id}": [RecoveredRequest],
  "POST /wallet/me/recovery-code": [Confirmation],
  "POST /wallet/confirm/options": [ConfirmRequest],
  "POST /wallet/passkeys": [PasskeyRequest],
  "POST /wallet/passkeys/options": [Confirmation],
  "PUT /wallet/passkeys/{id}": [RenameRequest],
  "PUT /wallet/devices/{id}": [RenameRequest],
  "POST /wallet/passkeys/{id}/remove": [Confirmation],
  "PUT /wallet/me/wallet-name": [WalletNameRequest],
  "PUT /wallet/me/user-code": [UserCodeRequest],
  "PUT /wallet/me/quiet-hours": [QuietHoursRequest],
  "PUT /wallet/me/reminders": [RemindersRequest],
  "POST /wallet/devices": [wallet.DeviceRequest],
  "POST /wallet/codes": [wallet.CodeRequest],
  "PUT /operator/{kind}/{id}/logo": [LogoRequest],
  "POST /wallet/links/{id}/approve": [LinkApproveRequest],
  "POST /wallet/requests/{id}/approve": [wallet.ApproveRequest],
  "POST /wallet/requests/{id}/decline": [wallet.DeclineRequest],
  "POST /wallet/consents/{id}/shorten": [life.ShortenRequest],
};

/** Form and query parameters by route; `*` marks what is required. */
const parameters: Readonly<Record<string, string>> = {
  "POST /par":
    "response_type* redirect_uri* code_challenge* code_challenge_method* scope* state nonce response_mode authorization_details resource dpop_jkt request grant_management_action grant_id",
  "GET /authorize": "client_id* request_uri*",
  "GET /authorize/elsewhere": "ask*",
  "GET /authorize/resume": "completion*",
  "POST /bc-authorize":
    "scope* login_hint id_token_hint binding_message request_context user_code client_notification_token requested_expiry authorization_details resource request grant_management_action grant_id",
  "POST /token":
    "grant_type* auth_req_id code redirect_uri code_verifier refresh_token ticket claim_token claim_token_format pct rpt purpose scope resource authorization_details",
  "GET /claims": "client_id* ticket* claims_redirect_uri state",
  "GET /claims/resume": "completion*",
  "POST /introspect": "token*",
  "POST /revoke": "token* token_type_hint",
  "GET /rreg": "resource_owner",
  "GET /wallet/consents": "of after",
};

const security: Readonly<Record<Route["rights"], readonly object[]>> = {
  anyone: [],
  browser: [{ flow: [] }],
  client: [{ private_key_jwt: [] }, { mtls: [] }, { client_secret_basic: [] }],
  initial_access_token: [{ initial_access_token: [] }],
  registration_access_token: [{ registration_access_token: [] }],
  openid: [{ dpop: [] }, { certificate_bound: [], mtls: [] }],
  uma_protection: [{ dpop: [] }, { certificate_bound: [], mtls: [] }, { bearer: [] }],
  operate: [{ dpop: [] }],
  grant_management_query: [{ dpop: [] }, { certificate_bound: [], mtls: [] }],
  grant_management_revoke: [{ dpop: [] }, { certificate_bound: [], mtls: [] }],
  web_origin: [],
  handle: [],
  person: [{ session: [] }, { dpop: [] }],
};

const securitySchemes = {
  private_key_jwt: {
    type: "openIdConnect",
    openIdConnectUrl: "/.well-known/openid-configuration",
    description: "RFC 7523 §2.2: client_assertion in the form; its aud is the issuer, each jti once.",
  },
  mtls: { type: "mutualTLS", description: "RFC 8705 §2: client_id in the form, at the host of mtls_endpoint_aliases." },
  client_secret_basic: {
    type: "http",
    scheme: "basic",
    description: "RFC 6749 §2.3.1: of Clients that an operator registered so, outside FAPI 2.0.",
  },
  certificate_bound: {
    type: "http",
    scheme: "bearer",
    description: "RFC 8705 §3: with the certificate it is bound to.",
  },
  bearer: { type: "http", scheme: "bearer", description: "UMA FedAuthz §1.3: of a Resource Server registered so." },
  initial_access_token: { type: "http", scheme: "bearer", description: "RFC 7591 §3." },
  registration_access_token: { type: "http", scheme: "bearer", description: "RFC 7592 §3." },
  dpop: {
    type: "http",
    scheme: "DPoP",
    description: "RFC 9449 §7.1: a bound access token, or Navigator's session, with a fresh proof in the DPoP header.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-fpx-wallet",
    description: "Of the Wallet's own origin; Origin is checked.",
  },
  flow: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-fpx-flow-…",
    description: "Set by /authorize in the browser a flow began in.",
  },
};

const schemaOf = (schema: GenericSchema) => {
  const { $schema: _, ...rest } = toJsonSchema(schema, { errorMode: "ignore", typeMode: "input" });
  return rest;
};
const oneOf = ([first, ...more]: readonly object[]) => (more.length === 0 ? first : { oneOf: [first, ...more] });

function formBody(route: string) {
  const names = (parameters[route] ?? "").split(" ");
  const properties = Object.fromEntries(
    names.map((name) => [name.replace("*", ""), parameterSchema(name.replace("*", ""))]),
  );
  const required = names.filter((name) => name.endsWith("*")).map((name) => name.slice(0, -1));
  return { content: { "application/x-www-form-urlencoded": { schema: { type: "object", properties, required } } } };
}

function parameterSchema(name: string): object {
  if (name !== "authorization_details") return { type: "string" };
  return { type: "string", contentMediaType: "application/json", contentSchema: schemaOf(AuthorizationDetails) };
}

const queryOf = (route: string) =>
  (parameters[route] ?? "")
    .split(" ")
    .filter((name) => name !== "")
    .map((name) => ({
      name: name.replace("*", ""),
      in: "query",
      required: name.endsWith("*"),
      schema: { type: "string" },
    }));

function operation({ path, rights, spec }: Route, method: string) {
  const route = `${method} ${path}`;
  const json = bodies[route]?.map(schemaOf);
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const query = method === "GET" ? queryOf(route) : [];
  const body =
    json !== undefined
      ? { content: { "application/json": { schema: oneOf(json) } } }
      : method === "POST" && parameters[route] !== undefined
        ? formBody(route)
        : undefined;
  return {
    summary: spec,
    tags: [path.split("/")[1]?.replace(".well-known", "discovery")],
    security: security[rights],
    ...(inPath.length + query.length > 0 && { parameters: [...inPath, ...query] }),
    ...(body !== undefined && { requestBody: { required: true, ...body } }),
    responses: {
      ...(path.startsWith("/authorize")
        ? { "303": { description: "On to the Wallet, the Client, or a page that says why not" } }
        : { "2XX": { description: "As the specification says" } }),
      default: {
        description: "Refused",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Refusal" } } },
      },
    },
  };
}

const paths: Record<string, Record<string, object>> = {};
for (const route of routes as readonly Route[])
  for (const method of route.methods)
    paths[route.path] = { ...paths[route.path], [method.toLowerCase()]: operation(route, method) };

const document = {
  openapi: "3.1.0",
  info: {
    title: "FPX, the Federated Privacy Exchange",
    version: "0.1.0",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  servers: [{ url: "http://localhost:4000", description: "npm start" }],
  paths,
  components: {
    securitySchemes,
    schemas: {
      Refusal: {
        type: "object",
        required: ["error", "error_description"],
        properties: { error: { type: "string" }, error_description: { type: "string" } },
      },
    },
  },
};

const pages = [
  ["docs/openapi.json", `${JSON.stringify(document, null, 2)}\n`],
  ["docs/api.md", apiPage(document as unknown as Api)],
] as const;

for (const [page, text] of pages) {
  if (!process.argv.includes("--check")) writeFileSync(page, text);
  else if (readFileSync(page, "utf8") !== text) {
    console.error(`${page} is not what the routes say: run npm run openapi.`);
    process.exitCode = 1;
  }
}
