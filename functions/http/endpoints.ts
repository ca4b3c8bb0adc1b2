import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { HolderRequest } from "../../core/binding.ts";
import type { FormRequest, ResourceRequest } from "../../core/endpoints/request.ts";
import type { Exchange } from "../../core/exchange.ts";
import type { Parameters } from "../../protocol/oauth.ts";
import { type Answer, MTLS } from "./http-function.ts";
import { clientCertificate, formParameters, jsonBody, queryParameters } from "./read.ts";

/** The hosts an endpoint may have been called at. */
type Hosts = Pick<Exchange, "issuer" | "mtlsOrigin">;

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
export function form(hosts: Hosts, answer: (request: FormRequest) => Promise<unknown>, status = 200): Answer {
  return async (event) => jsonAnswer(status, await answer(formRequest(event, hosts)));
}

export function formRequest(event: APIGatewayProxyEventV2, hosts: Hosts): FormRequest {
  const receivedAtMs = event.requestContext.timeEpoch;
  const authorization = event.headers["authorization"];
  return { ...holderOf(event, hosts), authorization, parameters: formParameters(event), receivedAtMs };
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
  hosts: Hosts,
  answer: (
    request: ResourceRequest,
    path: Readonly<Record<string, string | undefined>>,
    query: Parameters,
  ) => Promise<APIGatewayProxyStructuredResultV2>,
): Answer {
  return (event) => {
    const request = { ...holderOf(event, hosts), body: jsonBody(event) };
    return answer(request, event.pathParameters ?? {}, queryParameters(event));
  };
}

/** A public document, kept by caches for a short while. */
export function document(answer: () => Promise<object> | object): Answer {
  return async () =>
    jsonAnswer(200, await answer(), { "cache-control": "public, max-age=300", "access-control-allow-origin": "*" });
}

/** A picture that never changes at its address; opened as a page it can do nothing. */
export function picture(png: string): APIGatewayProxyStructuredResultV2 {
  const headers = {
    "content-type": "image/png",
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "cross-origin",
    "x-content-type-options": "nosniff",
  };
  return { statusCode: 200, headers, body: png, isBase64Encoded: true };
}

/** What a request shows of its sender: at the mTLS host a certificate, and everywhere a proof for that very host. */
function holderOf(
  event: APIGatewayProxyEventV2,
  { issuer, mtlsOrigin }: Hosts,
): HolderRequest & Pick<ResourceRequest, "authorization"> {
  const mtls = event.headers["x-fpx-host"] === MTLS ? mtlsOrigin : undefined;
  return {
    ...proofOf(event, mtls ?? issuer),
    authorization: event.headers["authorization"],
    certificate: mtls === undefined ? undefined : clientCertificate(event),
  };
}

/** What a proof speaks of; the URL is of the deployment, never of `Host`. */
export function proofOf(event: APIGatewayProxyEventV2, origin: string) {
  return { method: event.requestContext.http.method, url: origin + event.rawPath, dpop: event.headers["dpop"] };
}
