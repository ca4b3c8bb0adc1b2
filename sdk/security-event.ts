import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import * as v from "valibot";
import {
  SECEVENT_JWT,
  type SecurityEvent,
  SecurityEventClaims,
  type SecurityEventErrorCode,
  TOKENS_REVOKED,
} from "../protocol/security-event.ts";
import type { Exchange } from "./exchange.ts";

/** Each attempt is signed anew: an older one was kept by somebody. Seconds. */
const LONGEST_WAY = 300;
const LARGEST = 16 * 1024;

/** A Security Event Token that is not accepted: `code` is for the exchange, the message for our own log. */
export class RefusedEvent extends Error {
  override readonly name = "RefusedEvent";
  readonly code: SecurityEventErrorCode;

  constructor(code: SecurityEventErrorCode, reason: string) {
    super(reason);
    this.code = code;
  }
}

/** Who is told, and by whom. */
export interface EventReader {
  /** The only issuer that is believed. */
  readonly issuer: string;
  /** Our own: events for others are refused. */
  readonly client_id: string;
  readonly exchange: () => Promise<Exchange>;
  /** Told of every event that was refused, for logs. */
  readonly onRefusal?: ((refusal: RefusedEvent) => void) | undefined;
}

/**
 * A handler for our `security_event_endpoint`: verifies what arrives and has each event acted on once; 202 says so. When `act` fails the exchange is not
 * answered 202 and sends the event again; so it does while its keys cannot be read (503).
 *
 * @param act throws {RefusedEvent} for an event that says nothing to us
 * @see RFC 8417 §2, RFC 8935 §2
 */
export function eventEndpoint(reader: EventReader, act: (event: SecurityEvent) => void | Promise<void>) {
  const acted = new Map<string, { readonly done: Promise<void>; readonly until: number }>();
  let keys: JWTVerifyGetKey | undefined;

  /** Once for each `jti`; whoever sends it again meanwhile hears what became of the first. */
  async function once(event: SecurityEvent): Promise<void> {
    const now = Date.now() / 1_000;
    for (const [jti, { until }] of acted) if (until < now) acted.delete(jti);
    const known = acted.get(event.jti);
    if (known !== undefined) return known.done;
    const done = (async () => act(event))();
    acted.set(event.jti, { done, until: now + 2 * LONGEST_WAY });
    return done.catch((failure) => {
      acted.delete(event.jti);
      throw failure;
    });
  }

  return async (request: Request): Promise<Response> => {
    try {
      keys ??= await keysOf(reader.exchange);
      await once(await verifiedEvent(await bodyOf(request), keys, reader));
      return new Response(null, { status: 202 });
    } catch (failure) {
      if (failure instanceof Unreadable) return new Response(null, { status: 503, headers: { "retry-after": "5" } });
      if (!(failure instanceof RefusedEvent)) throw failure;
      reader.onRefusal?.(failure);
      return refused(failure.code);
    }
  };
}

/** The keys of the exchange cannot be had right now. */
class Unreadable extends Error {}

/** RFC 8935 §2.1. */
async function bodyOf(request: Request): Promise<string> {
  const [type = ""] = (request.headers.get("content-type") ?? "").split(";");
  if (request.method !== "POST" || type.trim().toLowerCase() !== SECEVENT_JWT)
    throw new RefusedEvent("invalid_request", `not a POST of ${SECEVENT_JWT}`);
  const body = await request.text();
  if (body.length > LARGEST) throw new RefusedEvent("invalid_request", "too large");
  return body;
}

async function verifiedEvent(set: string, keys: JWTVerifyGetKey, reader: EventReader): Promise<SecurityEvent> {
  const payload = await signedPayload(set, keys);
  // compared here: to whom and from whom each have a code of their own (RFC 8935 §2.4)
  if (payload.iss !== reader.issuer) throw new RefusedEvent("invalid_issuer", `from ${payload.iss}`);
  if (payload.aud !== reader.client_id) throw new RefusedEvent("invalid_audience", `for ${payload.aud}`);
  const read = v.safeParse(SecurityEventClaims, payload);
  if (!read.success) throw new RefusedEvent("invalid_request", `no event of ours: ${read.issues[0].message}`);
  const { iat, events } = read.output;
  if (Math.abs(Date.now() / 1_000 - iat) > LONGEST_WAY) throw new RefusedEvent("invalid_request", "not of now");
  if (events[TOKENS_REVOKED] === undefined) throw new RefusedEvent("invalid_request", "an event that is not known");
  return read.output;
}

/** RFC 8417 §4: `typ` keeps every other JWT of the exchange out. */
async function signedPayload(set: string, keys: JWTVerifyGetKey): Promise<JWTPayload> {
  try {
    return (await jwtVerify(set, keys, { typ: "secevent+jwt", algorithms: ["ES256"] })).payload;
  } catch (failure) {
    if (failure instanceof errors.JWSSignatureVerificationFailed || failure instanceof errors.JWKSNoMatchingKey)
      throw new RefusedEvent("invalid_key", failure.message);
    if (failure instanceof errors.JOSEError) throw new RefusedEvent("invalid_request", failure.message);
    throw failure;
  }
}

async function keysOf(exchange: () => Promise<Exchange>): Promise<JWTVerifyGetKey> {
  try {
    const { jwks_uri = "" } = (await exchange()).serverMetadata();
    const remote = createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: 3_000, cooldownDuration: 30_000 });
    return async (header, token) =>
      remote(header, token).catch((failure) => {
        if (failure instanceof errors.JWKSNoMatchingKey) throw failure;
        throw new Unreadable(String(failure));
      });
  } catch (failure) {
    throw new Unreadable(String(failure));
  }
}

/** One public sentence for each code. */
const sentences: Readonly<Record<SecurityEventErrorCode, string>> = {
  invalid_request: "This is not a Security Event Token that is read here.",
  invalid_key: "The signature is not by a key of the issuer.",
  invalid_issuer: "Events of this issuer are not read here.",
  invalid_audience: "This event is for somebody else.",
  authentication_failed: "The transmitter is not known.",
  access_denied: "The transmitter may not send this.",
};

/** RFC 8935 §2.3. */
function refused(err: SecurityEventErrorCode): Response {
  return Response.json(
    { err, description: sentences[err] },
    { status: 400, headers: { "content-language": "en", "cache-control": "no-store" } },
  );
}
