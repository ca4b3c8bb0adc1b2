import { signingAlgorithms } from "../../protocol/oauth.ts";
import { metadataUrl } from "./metadata.ts";
import type { ResourceServerOptions } from "./resource-server.ts";

/** UMA Grant §3.2.1: where a token that would do can be had. */
export interface UmaChallenge {
  readonly as_uri: string;
  /** A permission ticket for exactly what the request needs. */
  readonly ticket: string;
}

/** A request for protected data that gets none. What the caller learns is in the members; `message` is for the log of the Resource Server. */
export class RefusedAccess extends Error {
  override readonly name = "RefusedAccess";
  /** `undefined` when no credentials came at all (RFC 6750 §3.1). */
  readonly code: "invalid_token" | "invalid_dpop_proof" | "insufficient_scope" | "temporarily_unavailable" | undefined;
  /** With `insufficient_scope`: the scope value that would do. */
  readonly scope: string | undefined;
  /** Who asked, once the token is verified. */
  client_id: string | undefined;
  /** For a request that tells whose data it is for: how to go on, or why there is no way (UMA Grant §3.2.1, §3.2.2). */
  uma: UmaChallenge | "unreachable" | undefined;

  constructor(code: RefusedAccess["code"], reason: string, scope?: string) {
    super(reason);
    this.code = code;
    this.scope = scope;
  }

  /** With a ticket 401 whatever the reason: the request is answered as one without a token (UMA Grant §3.5). */
  get status(): 401 | 403 | 503 {
    if (this.code === "temporarily_unavailable") return 503;
    if (this.uma === "unreachable") return 403;
    return this.code === "insufficient_scope" && this.uma === undefined ? 403 : 401;
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
 * @see RFC 9449 §7.1, RFC 6750 §3, UMA Grant §3.2, RFC 9728 §5.1
 */
export function answerOf(
  { status, code, scope, uma }: RefusedAccess,
  { resource, metadata }: Pick<ResourceServerOptions, "resource" | "metadata">,
): {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
} {
  const error_description = code && sentences[code];
  const resource_metadata = metadata && metadataUrl(resource);
  const challenges = [
    ...(uma === undefined || uma === "unreachable"
      ? []
      : [challenge("UMA", { realm: resource, ...uma, resource_metadata })]),
    challenge("DPoP", { error: code, error_description, scope, algs: signingAlgorithms.join(" "), resource_metadata }),
  ];
  return {
    status,
    headers: {
      "cache-control": "no-store",
      "content-type": "application/json",
      ...(status === 503 ? { "retry-after": "1" } : { "www-authenticate": challenges.join(", ") }),
      ...(uma === "unreachable" && { warning: '199 - "UMA Authorization Server Unreachable"' }),
    },
    body: JSON.stringify(code === undefined ? {} : { error: code, error_description }),
  };
}

/** RFC 9110 §11.6.1. */
function challenge(scheme: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const named = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return `${scheme} ${named.map(([name, value]) => `${name}="${value}"`).join(", ")}`;
}
