import * as v from "valibot";

/** OAuth Event Types 1.0 §2.3: nothing that was issued for this subject works any more. */
export const TOKENS_REVOKED = "https://schemas.openid.net/secevent/oauth/event-type/tokens-revoked";

/** RFC 8935 §2.1: how a Security Event Token is sent; RFC 8417 §2.3: the `typ` of one. */
export const SECEVENT_JWT = "application/secevent+jwt";

/** RFC 8935 §2.4. */
export type SecurityEventErrorCode =
  | "invalid_request"
  | "invalid_key"
  | "invalid_issuer"
  | "invalid_audience"
  | "authentication_failed"
  | "access_denied";

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(512));

/** RFC 8417 §2.2 with a subject of RFC 9493 §3, as one is read. */
export const SecurityEventClaims = v.looseObject({
  iss: text,
  aud: text,
  iat: v.number(),
  jti: text,
  toe: v.number(),
  sub_id: v.variant("format", [
    v.looseObject({ format: v.literal("opaque"), id: text }),
    v.looseObject({ format: v.literal("iss_sub"), iss: text, sub: text }),
  ]),
  events: v.record(v.string(), v.looseObject({ initiating_entity: v.optional(text) })),
});

/** RFC 8417 §2.2: to one party, about what that party alone calls so. */
export interface SecurityEvent {
  readonly iss: string;
  readonly aud: string;
  readonly iat: number;
  /** The same however often it is sent. */
  readonly jti: string;
  /** When it happened. */
  readonly toe: number;
  /** To a Resource Server: its name of the consent that ended (`opaque`, the `consent` of its tokens), or its `sub` of the person who disconnected it; to a Client: the person's `sub` there. */
  readonly sub_id: EventSubject;
  /** To a Client: `user` where the person withdrew (CAEP 1.0 §2). */
  readonly events: Readonly<Record<string, { readonly initiating_entity?: string | undefined }>>;
}

export type EventSubject =
  | { readonly format: "opaque"; readonly id: string }
  | { readonly format: "iss_sub"; readonly iss: string; readonly sub: string };
