import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { OAuthError } from "../../core/oauth-error.ts";
import type { Parameters } from "../../protocol/oauth.ts";
import { repeatedMember } from "../../protocol/repeated-member.ts";

const MAX_BODY = 32_768;
const REPEATABLE = "resource";

/** RFC 6749 §3.2, Appendix B: parameters of a form body, each at most once but for `resource` (RFC 8707 §2), whose values are joined by a space, which no URI has; empty ones count as omitted. From the raw body, never from what a gateway made of it. */
export function formParameters(event: APIGatewayProxyEventV2): Parameters {
  if (!isOfType(event, "application/x-www-form-urlencoded")) throw new OAuthError("invalid_request", "not a form");
  if (event.rawQueryString !== "") throw new OAuthError("invalid_request", "parameters in the query");
  return parameters(rawBody(event));
}

/** Parameters of the raw query. */
export function queryParameters(event: APIGatewayProxyEventV2): Parameters {
  return parameters(event.rawQueryString);
}

/** RFC 9440 §2.2: the certificate as a byte sequence (RFC 9651 §3.3.5), here without its colons. */
export function clientCertificate({ headers }: APIGatewayProxyEventV2): string | undefined {
  return /^:([A-Za-z0-9+/]+={0,2}):$/.exec(headers["client-cert"] ?? "")?.[1];
}

/** A JSON body, or undefined where there is none; a repeated member makes two readers disagree, so it is refused. */
export function jsonBody(event: APIGatewayProxyEventV2): unknown {
  const text = rawBody(event);
  if (text === "") return undefined;
  if (!isOfType(event, "application/json")) throw new OAuthError("invalid_request", "not JSON by its content type");
  try {
    const value: unknown = JSON.parse(text);
    const repeated = repeatedMember(text);
    if (repeated === undefined) return value;
  } catch {
    throw new OAuthError("invalid_request", "no JSON");
  }
  throw new OAuthError("invalid_request", "a repeated JSON member");
}

function parameters(text: string): Parameters {
  const read = new Map<string, string>();
  const seen = new Set<string>();
  for (const [name, value] of new URLSearchParams(text)) {
    const before = read.get(name);
    if (seen.has(name) && name !== REPEATABLE) throw new OAuthError("invalid_request", "a repeated parameter");
    seen.add(name);
    if (value !== "") read.set(name, before === undefined ? value : `${before} ${value}`);
  }
  return read;
}

/** API Gateway hands form bodies over in base64. */
function rawBody({ body = "", isBase64Encoded }: APIGatewayProxyEventV2): string {
  if (body.length > MAX_BODY * 2) throw tooLarge();
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > MAX_BODY) throw tooLarge();
  return bytes.toString("utf8");
}

function isOfType({ headers }: APIGatewayProxyEventV2, type: string): boolean {
  return (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() === type;
}

function tooLarge() {
  return new OAuthError("invalid_request", `body over ${MAX_BODY} bytes`);
}
