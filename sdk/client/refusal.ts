import { ResponseBodyError } from "openid-client";

/**
 * What became of a request that gives no token:
 * `declined` the person said no; `expired` nobody answered in time; `ended` the consent stands no longer, ask anew;
 * `paused` the person paused it, try again after `retryAfter`; `not_granted` the person chose other sources;
 * `refused` the exchange does not accept the request, `code` says why.
 */
export type Outcome = "declined" | "expired" | "ended" | "paused" | "not_granted" | "refused";

const outcomes: Readonly<Record<string, Outcome>> = {
  access_denied: "declined", // CIBA Core §11
  expired_token: "expired", // CIBA Core §11
  invalid_grant: "ended", // RFC 6749 §5.2
  temporarily_unavailable: "paused", // RFC 6749 §4.1.2.1
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
export function rethrown(failure: unknown): never {
  if (!(failure instanceof ResponseBodyError)) throw failure;
  const retryAfter = Number(failure.response.headers.get("retry-after") ?? Number.NaN);
  throw new Refusal(failure.error, failure.error_description, Number.isFinite(retryAfter) ? retryAfter : undefined);
}
