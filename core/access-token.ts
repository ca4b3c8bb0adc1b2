import { CompactEncrypt, decodeJwt, decodeProtectedHeader, importJWK, type JWK, SignJWT } from "jose";
import type { Confirmation } from "../protocol/confirmation.ts";
import { type GrantedDetail, isCompactJwe, isCompactJws } from "../protocol/oauth.ts";
import type { TokenKeys } from "./exchange.ts";
import type { ResourceServer } from "./party.ts";
import { type Seal, seal, unseal } from "./seal.ts";
import type { Share } from "./share.ts";

/** Seconds an access token lives: short enough that a withdrawn one is soon useless even where nobody asks. */
export const ACCESS_TOKEN_LIFE = 300;

/** What a token of a consent hangs on: all that `/introspect` answers from, sealed, fresh in each token. */
export interface HangsOn {
  readonly consentId: string;
  /** Absent from tokens for our own `/userinfo`. */
  readonly linkId?: string;
  readonly resourceServerId?: string;
  readonly clientId: string;
  readonly jti: string;
  readonly iat: number;
  readonly exp: number;
  readonly generation: number;
  readonly cnf: Confirmation;
  /** Of a token narrower than its consent (`core/share.ts`). */
  readonly share?: Share;
}

/** RFC 9068 §2.2 with `cnf` (RFC 7800 §3.1) and what is ours. */
export interface AccessTokenClaims {
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
  readonly client_id: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly cnf?: Confirmation;
  readonly scope?: string;
  readonly authorization_details?: readonly (GrantedDetail & { readonly resource_ids?: readonly string[] })[];
  readonly consent?: string;
  readonly generation?: number;
  readonly hangs_on?: string;
}

/** A JWT of ours, signed with the token key in use (RFC 7515 §7.1); `typ` keeps one kind from passing as another (RFC 8725 §3.11). */
export async function signed(
  tokenKeys: TokenKeys,
  claims: object,
  typ: "at+jwt" | "JWT" | "token-introspection+jwt" | "secevent+jwt",
): Promise<string> {
  const { kid, key } = await tokenKeys.signing();
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: "ES256", typ, kid }).sign(key);
}

/** RFC 7519 §11.2: signed, then encrypted to the Resource Server; `hangs_on` stays readable to us in the protected header. */
export async function encrypted(jws: string, key: JWK, hangsOn: string): Promise<string> {
  const { kid } = key;
  const alg = encryptionAlgorithm(key);
  if (alg === undefined) throw new Error("registration lets no such key in");
  return new CompactEncrypt(new TextEncoder().encode(jws))
    .setProtectedHeader({
      alg,
      enc: "A256GCM",
      typ: "at+jwt",
      cty: "JWT",
      ...(kid !== undefined && { kid }),
      hangs_on: hangsOn,
    })
    .encrypt(await importJWK(key, alg));
}

/** RFC 7518 §4.1: how tokens are encrypted to this key; undefined for a key we do not encrypt to. */
export function encryptionAlgorithm({ kty, crv, alg }: Pick<JWK, "kty" | "crv" | "alg">): string | undefined {
  if (kty === "RSA") return alg === undefined || alg === "RSA-OAEP-256" ? "RSA-OAEP-256" : undefined;
  const curve = (kty === "EC" && crv === "P-256") || (kty === "OKP" && crv === "X25519");
  const known = alg === undefined || /^ECDH-ES(\+A(128|256)KW)?$/.test(alg);
  return curve && known ? (alg ?? "ECDH-ES+A256KW") : undefined;
}

/** The key a Resource Server wants its tokens encrypted to, if it registered one. */
export function encryptionKey({ jwks }: Pick<ResourceServer, "jwks">): JWK | undefined {
  return jwks.keys.find((key) => key["use"] === "enc") as JWK | undefined;
}

/** The `hangs_on` of one token: readable to us alone, {@link openAccessToken} reads it back. */
export function sealHangsOn(as: Seal, hangsOn: HangsOn): Promise<string> {
  return seal(as, "hangs", JSON.stringify(hangsOn));
}

/** What a token sent to us hangs on, from the JWE as sent or the inner JWS; undefined for anything we did not make. */
export async function openAccessToken(as: Seal, token: string): Promise<HangsOn | undefined> {
  const sealed = hangsOnIn(token);
  const text = sealed === undefined ? undefined : await unseal(as, "hangs", sealed);
  return text === undefined ? undefined : (JSON.parse(text) as HangsOn);
}

function hangsOnIn(token: string): string | undefined {
  if (!isCompactJwe(token) && !isCompactJws(token)) return undefined;
  try {
    const { hangs_on } = isCompactJwe(token) ? decodeProtectedHeader(token) : decodeJwt(token);
    return typeof hangs_on === "string" ? hangs_on : undefined;
  } catch {
    return undefined;
  }
}
