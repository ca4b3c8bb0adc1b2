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
      fromOurEdge(event, originSecrets);
      return answerOf(answers, event)(event);
    });
  return (event, context) => handler(event, context);
}

/** CloudFront adds the header; whoever comes around it is turned away. */
function fromOurEdge({ headers }: APIGatewayProxyEventV2, originSecrets: readonly string[]): void {
  if (originSecrets.length > 0 && !originSecrets.includes(headers["x-fpx-origin"] ?? ""))
    throw new OAuthError("forbidden", "not through the edge");
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
