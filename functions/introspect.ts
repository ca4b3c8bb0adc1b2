import { queryGrant, revokeGrant } from "../core/endpoints/grant-management.ts";
import { introspectionEndpoint, signedIntrospection } from "../core/endpoints/introspection.ts";
import { revocationEndpoint } from "../core/endpoints/revocation.ts";
import { userinfoEndpoint } from "../core/endpoints/userinfo.ts";
import { accepting, form, formRequest, jsonAnswer, resource } from "./http/endpoints.ts";
import { httpFunction } from "./http/http-function.ts";
import { exchange, list } from "./ports.ts";

const as = exchange(process.env);

const userinfo = resource(as, async (request) => jsonAnswer(200, await userinfoEndpoint(as, request)));

export const handler = httpFunction(
  {
    "POST /introspect": accepting(
      "application/token-introspection+jwt",
      (event) => signedIntrospection(as, formRequest(event, as)),
      form(as, (request) => introspectionEndpoint(as, request)),
    ),
    "POST /revoke": form(as, (request) => revocationEndpoint(as, request)),
    "GET /userinfo": userinfo,
    "POST /userinfo": userinfo,
    "GET /grants/{grant_id}": resource(as, async (request, { grant_id = "" }) =>
      jsonAnswer(200, await queryGrant(as, request, grant_id)),
    ),
    "DELETE /grants/{grant_id}": resource(as, async (request, { grant_id = "" }) => {
      await revokeGrant(as, request, grant_id);
      return jsonAnswer(204, undefined);
    }),
  },
  list(process.env, "ORIGIN_SECRETS"),
);
