import { signingAlgorithms } from "../../protocol/oauth.ts";

/** A request for protected data that gets none. What the caller learns is in `status`, `code` and `scope`; `message` is for the log of the Resource Server. */
export class RefusedAccess extends Error {
  override readonly name = "RefusedAccess";
  readonly status: 401 | 403 | 503;
  /** `undefined` when no credentials came at all (RFC 6750 §3.1). */
  readonly code: "invalid_token" | "invalid_dpop_proof" | "insufficient_scope" | "temporarily_unavailable" | undefined;
  /** With `insufficient_scope`: the scope value that would do. */
  readonly scope: string | undefined;
  /** Who asked, once the token is verified. */
  client_id: string | undefined;

  constructor(code: RefusedAccess["code"], reason: string, scope?: string) {
    super(reason);
    this.status = code === "insufficient_scope" ? 403 : code === "temporarily_unavailable" ? 503 : 401;
    this.code = code;
    this.scope = scope;
  }
}

/** One public sentence for each code: nothing that tells one bad token from another. */
const sentences = {
  invalid_token: "The access token is not accepted here.",
  invalid_dpop_proof: "The DPoP proof is not accepted.",
  insufficient_scope: "The access token does not cover this.",
  temporarily_unavailable: "Whether access is still allowed cannot be checked right now.",
} as const;

/**
 * The refusal as status, headers and body, the same for every kind of handler.
 *
 * @see RFC 9449 §7.1, RFC 6750 §3
 */
export function answerOf({ status, code, scope }: RefusedAccess): {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
} {
  const error_description = code && sentences[code];
  const challenge = Object.entries({ error: code, error_description, scope, algs: signingAlgorithms.join(" ") })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}="${value}"`)
    .join(", ");
  return {
    status,
    headers: {
      "cache-control": "no-store",
      "content-type": "application/json",
      ...(status === 503 ? { "retry-after": "1" } : { "www-authenticate": `DPoP ${challenge}` }),
    },
    body: JSON.stringify(code === undefined ? {} : { error: code, error_description }),
  };
}
