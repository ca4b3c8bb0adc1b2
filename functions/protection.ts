import { permissionEndpoint } from "../core/endpoints/permission.ts";
import {
  createResource,
  deleteResource,
  listResources,
  readResource,
  updateResource,
} from "../core/endpoints/resource-registration.ts";
import { jsonAnswer, resource } from "./http/endpoints.ts";
import { httpFunction } from "./http/http-function.ts";
import { exchange, list } from "./ports.ts";

const as = exchange(process.env);

export const handler = httpFunction(
  {
    "POST /rreg": resource(as, async (request) => {
      const created = await createResource(as, request);
      return jsonAnswer(201, created, { location: `${as.issuer}/rreg/${created._id}` });
    }),
    "GET /rreg": resource(as, async (request, _, query) =>
      jsonAnswer(200, await listResources(as, request, query.get("resource_owner"))),
    ),
    "GET /rreg/{id}": resource(as, async (request, { id = "" }) =>
      jsonAnswer(200, await readResource(as, request, id)),
    ),
    "PUT /rreg/{id}": resource(as, async (request, { id = "" }) =>
      jsonAnswer(200, await updateResource(as, request, id)),
    ),
    "DELETE /rreg/{id}": resource(as, async (request, { id = "" }) => {
      await deleteResource(as, request, id);
      return jsonAnswer(204, undefined);
    }),
    "POST /permission": resource(as, async (request) => jsonAnswer(201, await permissionEndpoint(as, request))),
  },
  list(process.env, "ORIGIN_SECRETS"),
);
