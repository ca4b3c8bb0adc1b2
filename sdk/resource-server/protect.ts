import { type NeedOf, needOf } from "./needed.ts";
import { answerOf, RefusedAccess } from "./refused-access.ts";
import type { Access, ResourceServer } from "./resource-server.ts";

/** A handler that knows whose data it may give. */
export type ProtectedHandler = (request: Request, access: Access) => Response | Promise<Response>;

/**
 * Guards fetch-style handlers: `protect(server, { type, action })(handler)` is a handler that is only entered with access.
 *
 * @param need what a request needs, or how it is read from the request
 * @param certificateOf the client certificate of the request's TLS connection (RFC 8705 §3), where there is one
 * @see docs/protect-an-api.md
 */
export function protect(
  server: ResourceServer,
  need: NeedOf<Request>,
  certificateOf: (request: Request) => string | undefined = () => undefined,
) {
  return (handler: ProtectedHandler) =>
    async (request: Request): Promise<Response> => {
      const { pathname, search } = new URL(request.url);
      try {
        const access = await server.admit(
          {
            method: request.method,
            path: pathname + search,
            authorization: request.headers.get("authorization"),
            dpop: request.headers.get("dpop"),
            certificate: certificateOf(request),
          },
          await needOf(need, request),
        );
        return await handler(request, access);
      } catch (refusal) {
        if (!(refusal instanceof RefusedAccess)) throw refusal;
        const { status, headers, body } = answerOf(refusal, server.options);
        return new Response(body, { status, headers });
      }
    };
}
