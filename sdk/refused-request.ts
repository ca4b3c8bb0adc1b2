import { ResponseBodyError, WWWAuthenticateChallengeError } from "openid-client";

/** An exchange refused a request: HTTP status and OAuth error code as answered. */
export class RefusedRequest extends Error {
  override readonly name = "RefusedRequest";
  readonly status: number;
  /** An OAuth error code: `invalid_request`, `conflict`, `not_found`, … */
  readonly code: string;

  constructor(status: number, code: string, description = "no description") {
    super(`${code}: ${description}`);
    this.status = status;
    this.code = code;
  }

  /** Reads the OAuth JSON of an answer that is no success (RFC 6749 §5.2); any other body is told by its status. */
  static async of(response: Response): Promise<RefusedRequest> {
    const body: unknown = await response.json().catch(() => ({}));
    const { error, error_description } = (body ?? {}) as { error?: string; error_description?: string };
    return new RefusedRequest(response.status, error ?? `http_${response.status}`, error_description);
  }
}

/** For `catch`: what openid-client throws for a refusal, as `RefusedRequest`; any other failure as it is. */
export async function rethrown(failure: unknown): Promise<never> {
  if (failure instanceof WWWAuthenticateChallengeError) throw await RefusedRequest.of(failure.response);
  if (failure instanceof ResponseBodyError) {
    throw new RefusedRequest(failure.status, failure.error, failure.error_description);
  }
  throw failure;
}
