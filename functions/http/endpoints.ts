import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { FormRequest, ResourceRequest } from "../../core/endpoints/request.ts";
import type { Parameters } from "../../protocol/oauth.ts";
import type { Answer } from "./http-function.ts";
import { formParameters, jsonBody, queryParameters } from "./read.ts";

/** RFC 6749 §5.1: answers are never stored. */
export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

/** A form-encoded endpoint; its answer is 200 unless its specification says otherwise. */
export function form(issuer: string, answer: (request: FormRequest) => Promise<unknown>, status = 200): Answer {
  return async (event) => jsonAnswer(status, await answer(formRequest(event, issuer)));
}

export function formRequest(event: APIGatewayProxyEventV2, issuer: string): FormRequest {
  const receivedAtMs = event.requestContext.timeEpoch;
  return { ...proofOf(event, issuer), parameters: formParameters(event), receivedAtMs };
}

/** RFC 9110 §12.5.1: where the request accepts this media type, the answer is text of it. */
export function accepting(
  mediaType: string,
  typed: (event: APIGatewayProxyEventV2) => Promise<string>,
  otherwise: Answer,
): Answer {
  return async (event) => {
    const accepted = (event.headers["accept"] ?? "")
      .split(",")
      .map((range) => range.split(";")[0]?.trim().toLowerCase());
    if (!accepted.includes(mediaType)) return otherwise(event);
    const headers = { "content-type": mediaType, "cache-control": "no-store" };
    return { statusCode: 200, headers, body: await typed(event) };
  };
}

/** An endpoint opened by a token in the header; its own status and headers. */
export function resource(
  issuer: string,
  answer: (
    request: ResourceRequest,
    path: Readonly<Record<string, string | undefined>>,
    query: Parameters,
  ) => Promise<APIGatewayProxyStructuredResultV2>,
): Answer {
  return (event) => {
    const request = { ...proofOf(event, issuer), authorization: event.headers["authorization"], body: jsonBody(event) };
    return answer(request, event.pathParameters ?? {}, queryParameters(event));
  };
}

/** A public document, kept by caches for a short while. */
export function document(answer: () => Promise<object> | object): Answer {
  return async () =>
    jsonAnswer(200, await answer(), { "cache-control": "public, max-age=300", "access-control-allow-origin": "*" });
}

/** What a proof speaks of; the URL is of the deployment, never of `Host`. */
export function proofOf(event: APIGatewayProxyEventV2, origin: string) {
  return { method: event.requestContext.http.method, url: origin + event.rawPath, dpop: event.headers["dpop"] };
}
