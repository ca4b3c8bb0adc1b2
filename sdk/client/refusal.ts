import { ClientError, ResponseBodyError } from "openid-client";

/**
 * What became of a request that gives no token:
 * `declined` the person said no, or may not be asked; `expired` nobody answered in time; `ended` the consent stands no longer, ask anew;
 * `unavailable` the person paused it or the exchange is busy, try again after `retryAfter`; `not_granted` the person chose other sources;
 * `refused` the exchange does not accept the request, `code` says why.
 */
export type Outcome = "declined" | "expired" | "ended" | "unavailable" | "not_granted" | "refused";

const outcomes: Readonly<Record<string, Outcome>> = {
  access_denied: "declined", // CIBA Core §11
  request_denied: "declined", // UMA Grant §3.3.6
  expired_token: "expired", // CIBA Core §11
  invalid_grant: "ended", // RFC 6749 §5.2
  temporarily_unavailable: "unavailable", // RFC 6749 §4.1.2.1
  invalid_target: "not_granted", // RFC 8707 §2
};

/** No token: `outcome` is for the program, `code` the error code of the exchange. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly outcome: Outcome;
  readonly code: string;
  /** Seconds, where the exchange says when to try again. */
  readonly retryAfter: number | undefined;

  constructor(code: string, description?: string, retryAfter?: number) {
    super(description === undefined ? code : `${code}: ${description}`);
    this.outcome = outcomes[code] ?? "refused";
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** For `catch`: a refusal of the exchange as `Refusal`, any other failure as it is. */
export async function rethrown(failure: unknown): Promise<never> {
  if (failure instanceof ResponseBodyError) {
    throw new Refusal(failure.error, failure.error_description, retryAfterOf(failure.response));
  }
  // openid-client reads error codes of 4xx only
  if (failure instanceof ClientError && failure.cause instanceof Response && failure.cause.status === 503) {
    throw new Refusal("temporarily_unavailable", undefined, retryAfterOf(failure.cause));
  }
  throw failure;
}

function retryAfterOf({ headers }: Response): number | undefined {
  const seconds = headers.get("retry-after");
  return seconds !== null && /^\d+$/.test(seconds) ? Number(seconds) : undefined;
}
