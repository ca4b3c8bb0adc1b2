/** OAuth Event Types 1.0 §2.3: nothing that was issued for this subject works any more. */
export const TOKENS_REVOKED = "https://schemas.openid.net/secevent/oauth/event-type/tokens-revoked";

/** RFC 8417 §2.2 with a subject of RFC 9493: to one party, about what that party alone calls so. */
export interface SecurityEvent {
  readonly iss: string;
  readonly aud: string;
  readonly iat: number;
  /** The same however often it is sent. */
  readonly jti: string;
  /** When it happened. */
  readonly toe: number;
  /** To a Resource Server: its name of the consent that ended (`opaque`, the `consent` of its tokens), or its `sub` of the person who disconnected it; to a Client: the person's `sub` there. */
  readonly sub_id:
    | { readonly format: "opaque"; readonly id: string }
    | { readonly format: "iss_sub"; readonly iss: string; readonly sub: string };
  readonly events: Readonly<Record<string, object>>;
}
