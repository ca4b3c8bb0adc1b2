import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { OAuthError } from "../core/oauth-error.ts";

/** Refusals of AWS that mean "later", not "wrong". */
const BUSY =
  /^(ProvisionedThroughputExceeded|RequestLimitExceeded|Throttling|ThrottledException|TooManyRequests|TimeoutError|InternalServerError|ServiceUnavailable|KMSInternal|DependencyTimeout)/;

/** The one place where a refusal becomes HTTP. A bug is a 500 that tells nothing; a throttled table is 503 with Retry-After. */
export function refusalOf(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  const name = error instanceof Error ? error.name : "unknown";
  if (BUSY.test(name))
    return new OAuthError("temporarily_unavailable", name, { headers: { "retry-after": "1" }, cause: error });
  return new OAuthError("server_error", name, { cause: error });
}

/** JSON for programs; a browser is sent to where the words are. */
export function errorResponse(refusal: OAuthError): APIGatewayProxyStructuredResultV2 {
  const headers = { "content-type": "application/json", "cache-control": "no-store", ...refusal.headers };
  if (refusal.headers["location"] !== undefined) return { statusCode: 303, headers };
  return { statusCode: refusal.status, headers, body: JSON.stringify(refusal) };
}
