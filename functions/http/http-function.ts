import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { OAuthError } from "../../core/oauth-error.ts";
import { errorResponse, refusalOf } from "../error-response.ts";
import { answered, failed, refused } from "../events.ts";

export type Answer = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** Answers by method and path of `routes.ts`: `"POST /token"`. */
export type Answers = Readonly<Record<string, Answer>>;

export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** A Lambda function behind the HTTP API. Paths are routed as ANY, so an unknown method is our own 405 with Allow, and `$default` our own 404. */
export function httpFunction(answers: Answers, originSecrets: readonly string[]): HttpHandler {
  const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .onError((request) => {
      const refusal = refusalOf(request.error);
      const { routeKey, requestContext } = request.event;
      (refusal.status < 500 ? refused : failed)(routeKey, requestContext.requestId, refusal);
      request.response = errorResponse(refusal);
    })
    .after(({ event, response }) =>
      answered(event.routeKey, event.requestContext.requestId, response?.statusCode ?? 200),
    )
    .handler(async (event) => {
      const known = fromOurEdge(event, originSecrets);
      return answerOf(answers, known)(known);
    });
  return (event, context) => handler(event, context);
}

/** In `x-fpx-host` and before the secret in `x-fpx-origin`: the host that asks for client certificates. */
export const MTLS = "mtls";

/** CloudFront adds the header; whoever comes around it is turned away. A certificate is believed from its mTLS host alone (RFC 9440 §4). */
function fromOurEdge(event: APIGatewayProxyEventV2, originSecrets: readonly string[]): APIGatewayProxyEventV2 {
  const { "x-fpx-origin": origin = "", "x-fpx-host": _, "client-cert": certificate, ...headers } = event.headers;
  const secret = origin.startsWith(`${MTLS}.`) ? origin.slice(MTLS.length + 1) : origin;
  if (originSecrets.length === 0) return { ...event, headers };
  if (!originSecrets.includes(secret)) throw new OAuthError("forbidden", "not through the edge");
  if (secret === origin) return { ...event, headers };
  return { ...event, headers: { ...headers, "x-fpx-host": MTLS, "client-cert": certificate } };
}

function answerOf(answers: Answers, { routeKey, requestContext }: APIGatewayProxyEventV2): Answer {
  const path = routeKey.slice(routeKey.indexOf(" ") + 1);
  const methods = Object.keys(answers).flatMap((route) =>
    route.endsWith(` ${path}`) ? [route.slice(0, route.indexOf(" "))] : [],
  );
  const { method } = requestContext.http;
  // RFC 9110 §9.3.2: HEAD is GET without the content, which the gateway drops.
  const answer = answers[`${method === "HEAD" ? "GET" : method} ${path}`];
  if (answer !== undefined) return answer;
  if (methods.length === 0) throw new OAuthError("not_found", routeKey);
  // RFC 9110 §15.5.6.
  throw new OAuthError("unsupported_method_type", method, {
    headers: { allow: methods.join(", ") },
  });
}
