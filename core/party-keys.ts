import {
  createLocalJWKSet,
  errors,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
} from "jose";
import * as v from "valibot";
import { signingAlgorithms } from "../protocol/oauth.ts";
import { Jwks } from "../protocol/registry.ts";
import { encryptionAlgorithm } from "./access-token.ts";
import { type Exchange, now } from "./exchange.ts";
import { clientIdPrefix, type Party, type PartyKeys } from "./party.ts";
import type { Store } from "./store.ts";

/** Seconds between two fetches of one key set, whatever asks for it (N-13). */
const COOL_DOWN = 60;
/** From this age on a newer snapshot is looked for; from the second on the old one verifies nothing (N-14). */
const FRESH = 600;
const TRUSTED = 1_200;

type Keeping = Pick<Exchange, "records" | "egress" | "nowMs" | "x509">;

/**
 * A JWT that verifies with a key its party has now. A key the snapshot does not know is looked for once.
 * @throws jose's errors, or an Error when the party's keys cannot be had any more
 */
export async function verifiedByParty(
  as: Keeping,
  party: Party,
  jwt: string,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  const keys = await keysInForce(as, party);
  const verify = async ({ jwks }: PartyKeys) => (await jwtVerify(jwt, keySet(jwks), options)).payload;
  try {
    return await verify(keys);
  } catch (error) {
    const newer = error instanceof errors.JWKSNoMatchingKey ? await newerKeys(as, party.client_id, keys) : undefined;
    if (newer === undefined) throw error;
    return verify(newer);
  }
}

/** RFC 8705 §2.2: whether a certificate is registered, in the first place of an `x5c`. One the snapshot does not know is looked for once. */
export async function hasCertificate(as: Keeping, party: Party, der: string): Promise<boolean> {
  const has = ({ jwks }: PartyKeys) => jwks.keys.some((key) => certificateOf(key) === der);
  const keys = await keysInForce(as, party);
  if (has(keys)) return true;
  const newer = await newerKeys(as, party.client_id, keys);
  return newer !== undefined && has(newer);
}

function certificateOf({ x5c }: Jwks["keys"][number]): string | undefined {
  return Array.isArray(x5c) && typeof x5c[0] === "string" ? x5c[0] : undefined;
}

const keySets = new WeakMap<Jwks, ReturnType<typeof createLocalJWKSet>>();

/** A snapshot's keys are imported once, for as long as the registry holds it. */
function keySet(jwks: Jwks): ReturnType<typeof createLocalJWKSet> {
  const known = keySets.get(jwks) ?? createLocalJWKSet(jwks as unknown as JSONWebKeySet);
  keySets.set(jwks, known);
  return known;
}

async function keysInForce(as: Keeping, party: Party): Promise<PartyKeys> {
  const age = ({ keysReadAt }: PartyKeys) => (keysReadAt === undefined ? 0 : now(as) - keysReadAt);
  if (age(party) < FRESH) return party;
  const keys = (await newerKeys(as, party.client_id, party)) ?? party;
  if (age(keys) >= TRUSTED) throw new Error("the key set could not be fetched for 20 minutes");
  return keys;
}

/** A snapshot newer than this one, or undefined if there is none to be had now. Whoever takes the lease fetches, alone; a conflict means that somebody else does. */
async function newerKeys(as: Keeping, clientId: string, known: PartyKeys): Promise<PartyKeys | undefined> {
  if (known.jwks_uri === undefined) return undefined;
  const { clients, resourceServers } = as.records;
  const store = (clientId.startsWith(clientIdPrefix.client) ? clients : resourceServers) as Store<PartyKeys>;
  const stored = await store.find(clientId);
  if (stored === undefined) return undefined;
  const { keysReadAt = 0, keysAskedAt = 0, jwks_uri = known.jwks_uri } = stored.value;
  if (keysReadAt > (known.keysReadAt ?? 0)) return stored.value;
  if (now(as) < keysAskedAt + COOL_DOWN) return undefined;

  const leased = { ...stored.value, keysAskedAt: now(as) };
  if ((await store.replace(clientId, stored, leased)) === "conflict") return undefined;
  const jwks = await fetchedKeys(as, jwks_uri);
  if (typeof jwks === "string") return undefined;
  const next = { ...leased, jwks, keysReadAt: now(as) };
  const written = await store.replace(clientId, { value: leased, revision: stored.revision + 1 }, next);
  return written === "replaced" ? next : undefined;
}

/** The key set at an address, or why there is none that serves. */
export async function fetchedKeys(as: Pick<Exchange, "egress" | "x509">, url: string): Promise<Jwks | string> {
  const answer = await as.egress.send({ url, method: "GET", headers: { accept: "application/json" }, reads: true });
  if (typeof answer === "string" || answer.status !== 200) return "could not be fetched";
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Jwks), answer.body);
  if (!parsed.success) return `no key set: ${parsed.issues[0].message}`;
  return (await whyUnusable(as, parsed.output)) ?? parsed.output;
}

/** FAPI 2.0 §5.4, RFC 7518: the first key that could never verify or encrypt. */
export async function whyUnusable({ x509 }: Pick<Exchange, "x509">, { keys }: Jwks): Promise<string | undefined> {
  for (const [n, key] of keys.entries()) {
    const alg = key["use"] === "enc" ? encryptionAlgorithm(key as JWK) : signatureAlgorithm(key);
    const weak = key.kty === "RSA" && String(key["n"]).length < 342; // 2048 bits
    const imported = alg === undefined || weak ? undefined : await importJWK(key as JWK, alg).catch(() => undefined);
    if (imported === undefined)
      return `jwks.keys.${n}: not a key of ${[...signingAlgorithms].join(", ")}, or for encryption`;
    // RFC 7517 §4.7: an x5c is of this very key.
    const certificate = key["x5c"] === undefined ? undefined : x509.read(certificateOf(key) ?? "");
    if (key["x5c"] !== undefined && (certificate === undefined || !x509.holdsKey(certificate, key)))
      return `jwks.keys.${n}.x5c: not a certificate of this key`;
  }
  return undefined;
}

function signatureAlgorithm({ kty, crv }: Jwks["keys"][number]): string | undefined {
  if (kty === "RSA") return "PS256";
  return { "P-256": "ES256", Ed25519: "EdDSA" }[String(crv)];
}
