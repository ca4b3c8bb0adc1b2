import * as v from "valibot";
import { CAPABILITY, definitionType, isoDuration } from "./authorization-details.ts";
import { entitlement } from "./capability.ts";
import {
  authenticationMembers,
  bindings,
  hasItsKeys,
  hasItsName,
  ONE_KEY_SET,
  ONE_NAME,
  withBinding,
} from "./client-authentication.ts";
import { grantManagementScopes, signingAlgorithms, tokens } from "./oauth.ts";
import { slug } from "./slug.ts";

/** Plain text a person may read: no control characters, no bidirectional overrides, no markup (UX-07). */
export const humanText = (max: number) =>
  v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(max),
    // Fillers are letters to Unicode, and nothing to the eye.
    v.regex(/^[^\p{C}\p{Default_Ignorable_Code_Point}\u2800<>]*$/u, "plain text only"),
    v.regex(/^\S(.*[\p{L}\p{N}].*)?$/u, "must begin with something to see"),
    v.check((text) => /[\p{L}\p{N}]/u.test(text), "must have a letter or digit"),
    // One word, two alphabets: how a name is made to look like another (N-72).
    v.check(
      (text) => !(/\p{Script=Latin}/u.test(text) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(text)),
      "must not mix alphabets",
    ),
  );

/** Words per language, English always. */
const perLanguage = <T extends v.GenericSchema>(texts: T) =>
  v.pipe(
    v.record(v.pipe(v.string(), v.regex(/^[a-z]{2}$/)), texts),
    v.check((languages) => "en" in languages, "en is required"),
  );

/** A kind of data, registered by the operator. */
export const ResourceDefinition = v.strictObject({
  type: definitionType,
  actions: v.pipe(
    v.record(slug, perLanguage(v.strictObject({ text: humanText(200), reason: v.optional(humanText(200)) }))),
    v.check((actions) => Object.keys(actions).length > 0 && Object.keys(actions).length <= 10),
  ),
  /** Offered first when the Client names none; a consent is never longer than `maximum_duration`. */
  default_duration: isoDuration,
  maximum_duration: isoDuration,
  sensitivity: v.picklist(["ordinary", "health", "financial", "identity"]),
  texts: perLanguage(v.strictObject({ title: humanText(80), description: humanText(300) })),
});
export type ResourceDefinition = v.InferOutput<typeof ResourceDefinition>;

/** A reason to ask, registered by the operator: `immunization-calendar`. */
export const Purpose = v.strictObject({ purpose: slug, texts: perLanguage(v.strictObject({ text: humanText(200) })) });
export type Purpose = v.InferOutput<typeof Purpose>;

const jwk = v.looseObject({
  kty: v.picklist(["EC", "RSA", "OKP"]),
  kid: v.optional(v.pipe(v.string(), v.maxLength(200))),
});

/** RFC 7591 §2 `jwks`: public keys only; key ids unique (FAPI 2.0 §5.4). */
export const Jwks = v.pipe(
  v.strictObject({ keys: v.pipe(v.array(jwk), v.minLength(1), v.maxLength(10)) }),
  v.check(({ keys }) => keys.every((key) => !("d" in key) && !("k" in key)), "private keys do not belong here"),
  v.check(({ keys }) => new Set(keys.map((key) => key.kid)).size === keys.length, "kid must be unique"),
);
export type Jwks = v.InferOutput<typeof Jwks>;

/** Where a party is reached; the exchange admits public https addresses only. */
const address = v.pipe(v.string(), v.maxLength(500), v.url());

/**
 * RFC 7591 §2, OIDC Registration §2: members that name an address and that this exchange does nothing with. None is kept, shown or fetched (a logo
 * is the operator's to give, `core/logo.ts`); what leads inside is refused all the same (N-80).
 */
export const UnusedAddresses = v.object({
  logo_uri: v.optional(address),
  tos_uri: v.optional(address),
  sector_identifier_uri: v.optional(address),
  initiate_login_uri: v.optional(address),
});

const origin = v.pipe(v.string(), v.maxLength(200), v.url(), v.regex(/^https?:\/\/[^\s?#]+$/));

const redirectUri = v.pipe(
  v.string(),
  v.maxLength(500),
  v.url(),
  v.regex(/^https?:\/\/[^\s#@\\]+$/, "no fragment, no user information"),
);

/** RFC 7591 §2 client metadata, the members this exchange acts on; others are ignored as §2 demands. */
const shared = {
  client_name: v.pipe(
    humanText(80),
    v.check((name) => !name.includes("://"), "must not be an address"),
  ),
  jwks: v.optional(Jwks),
  jwks_uri: v.optional(address),
  ...authenticationMembers,
  client_uri: v.optional(origin),
  /** Shown where a person is told what an app still holds (UX-15). */
  policy_uri: v.optional(address),
  contacts: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(254))), v.maxLength(10))),
  /** Ours (RFC 8935 leaves it open): where Security Event Tokens are pushed to, when a consent ends or a person disconnects a source. */
  security_event_endpoint: v.optional(address),
};

export const ClientMetadata = v.pipe(
  v.object({
    ...shared,
    /** What a Client may have tokens of its own for; all other scope values come from its capabilities and need no registration. */
    scope: v.optional(
      v.pipe(
        v.string(),
        v.maxLength(1_000),
        v.transform((scope) =>
          tokens(scope)
            .filter((value) => grantManagementScopes.includes(value))
            .join(" "),
        ),
      ),
    ),
    grant_types: v.optional(
      v.array(
        v.picklist([
          "authorization_code",
          "urn:openid:params:grant-type:ciba",
          "urn:ietf:params:oauth:grant-type:uma-ticket",
          "refresh_token",
          "client_credentials",
        ]),
      ),
      ["urn:openid:params:grant-type:ciba", "refresh_token"],
    ),
    /** RFC 9101 §10.5: who registers one signs every authorization request, with this. */
    request_object_signing_alg: v.optional(v.picklist(signingAlgorithms)),
    /** Compared byte for byte (RFC 9700 §4.1.3), so nothing is normalized. */
    redirect_uris: v.optional(v.pipe(v.array(redirectUri), v.maxLength(10))),
    /** UMA Grant §2: where the claims interaction endpoint sends a requesting party back to. */
    claims_redirect_uris: v.optional(v.pipe(v.array(redirectUri), v.maxLength(10))),
    response_types: v.optional(v.array(v.literal("code"))),
    /** RFC 9396 §10: who registers some asks for no others. */
    authorization_details_types: v.optional(
      v.pipe(v.array(v.union([v.literal(CAPABILITY), definitionType])), v.maxLength(30)),
    ),
    /** JARM §3: who registers it gets every authorization response signed. */
    authorization_signed_response_alg: v.optional(v.literal("ES256")),
    backchannel_token_delivery_mode: v.optional(v.picklist(["poll", "ping"]), "poll"),
    backchannel_client_notification_endpoint: v.optional(address),
    /** CIBA Core §4: who registers one signs every request, with this. */
    backchannel_authentication_request_signing_alg: v.optional(v.picklist(signingAlgorithms)),
    /** CIBA Core §4: it sends a `user_code` with each Wallet name. */
    backchannel_user_code_parameter: v.optional(v.boolean()),
    /** Ours (UX-32): the exchange makes a number for each request, which the Client shows and the person picks in the Wallet. */
    fpx_number_match: v.optional(v.boolean()),
  }),
  v.check((metadata) => hasItsKeys(metadata), ONE_KEY_SET),
  v.check((metadata) => hasItsName(metadata), ONE_NAME),
  v.check(
    ({ backchannel_token_delivery_mode: mode, backchannel_client_notification_endpoint: endpoint }) =>
      mode === "poll" || endpoint !== undefined,
    "ping needs a backchannel_client_notification_endpoint", // CIBA Core §4
  ),
  v.transform((metadata) => withBinding(metadata)),
  v.check((metadata) => bindings(metadata) === 1, "tokens are bound to a DPoP key or to a certificate"),
);
export type ClientMetadata = v.InferOutput<typeof ClientMetadata>;

/** A Resource Server registers like a Client, with scope `uma_protection`, its RFC 8707 identifier and, to get encrypted tokens, a `use: enc` key. */
export const ResourceServerMetadata = v.pipe(
  v.object({
    ...shared,
    scope: v.literal("uma_protection"),
    resource: origin,
    grant_types: v.optional(v.array(v.picklist(["client_credentials", "authorization_code", "refresh_token"])), [
      "client_credentials",
    ]),
    /** Where a person comes back to who connects their Wallet on its own pages; compared byte for byte. */
    redirect_uris: v.optional(v.pipe(v.array(redirectUri), v.maxLength(10))),
    response_types: v.optional(v.array(v.literal("code"))),
    /** OIDC Core §4: where a Wallet sends a person who wants to connect this source. */
    initiate_login_uri: v.optional(address),
    /** RFC 9396 §10: the kinds of data it holds. Whoever connects it is shown them, and no others can be registered. */
    authorization_details_types: v.optional(v.pipe(v.array(definitionType), v.minLength(1), v.maxLength(20))),
  }),
  v.check((metadata) => hasItsKeys(metadata), ONE_KEY_SET),
  v.check((metadata) => hasItsName(metadata), ONE_NAME),
  v.transform((metadata) => withBinding(metadata)),
  v.check((metadata) => bindings(metadata) <= 1, "tokens are bound to a DPoP key or to a certificate"),
);
export type ResourceServerMetadata = v.InferOutput<typeof ResourceServerMetadata>;

/** Whose software statements (RFC 7591 §2.3), or whose ID tokens about requesting parties (UMA Grant §5.7), this exchange believes: `issuer` is their `iss`, an https origin. */
export const StatementIssuer = v.strictObject({
  issuer: v.pipe(v.string(), v.maxLength(200), v.regex(/^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/)),
  jwks: Jwks,
});
export type StatementIssuer = v.InferOutput<typeof StatementIssuer>;

/** `https://trust.example` → `trust.example`. */
export function hostOf(issuer: string): string {
  return issuer.slice("https://".length);
}

/** Who issues the certificates of `tls_client_auth` parties (RFC 8705 §2.1): a CA's certificate, in PEM. Whoever it issued to directly is believed. */
export const TrustAnchor = v.strictObject({
  name: slug,
  certificate: v.pipe(v.string(), v.maxLength(8_000), v.startsWith("-----BEGIN CERTIFICATE-----")),
});
export type TrustAnchor = v.InferOutput<typeof TrustAnchor>;

/** What an initial access token carries: what a registration with it receives. */
export const RegistrationGrant = v.strictObject({
  ...entitlement,
  /** Whether it admits Resource Servers. */
  resource_server: v.boolean(),
  /** Whether those may register resources without a type. */
  untyped_resources: v.optional(v.boolean(), false),
  /** Seconds since the epoch. */
  expires_at: v.pipe(v.number(), v.integer()),
});
export type RegistrationGrant = v.InferOutput<typeof RegistrationGrant>;
