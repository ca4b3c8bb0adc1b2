import type { MiddlewareObj } from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { type NeedOf, needOf } from "./needed.ts";
import { answerOf, RefusedAccess } from "./refused-access.ts";
import type { Access, ResourceServer } from "./resource-server.ts";

/** Lambda's context, and whose data may be given. */
export interface ProtectedContext extends Context {
  access: Access;
}

/**
 * Guards a Lambda handler behind an HTTP API (payload format 2.0): `middy().use(protectLambda(server, { type, action })).handler(…)`.
 * The handler finds `access` in its context; a refusal is answered before it.
 *
 * @see docs/protect-an-api.md
 */
export function protectLambda(
  server: ResourceServer,
  need: NeedOf<APIGatewayProxyEventV2>,
): MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, ProtectedContext> {
  return {
    async before({ event, context }) {
      try {
        context.access = await server.admit(
          {
            method: event.requestContext.http.method,
            path: event.rawPath,
            // header names arrive in lower case, repeated ones comma-joined
            authorization: event.headers["authorization"] ?? null,
            dpop: event.headers["dpop"] ?? null,
            // of a custom domain with mutual TLS
            certificate: event.requestContext.authentication?.clientCert.clientCertPem,
          },
          await needOf(need, event),
        );
        return undefined;
      } catch (refusal) {
        if (!(refusal instanceof RefusedAccess)) throw refusal;
        const { status, headers, body } = answerOf(refusal, server.options);
        return { statusCode: status, headers: { ...headers }, body };
      }
    },
  };
}
