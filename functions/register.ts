import { deleteClient, readClient, updateClient } from "../core/endpoints/client-configuration.ts";
import { registrationEndpoint } from "../core/endpoints/registration.ts";
import { jsonAnswer, resource } from "./http/endpoints.ts";
import { httpFunction } from "./http/http-function.ts";
import { exchange, list } from "./ports.ts";

const as = exchange(process.env);

export const handler = httpFunction(
  {
    "POST /register": resource(as, async (request) => jsonAnswer(201, await registrationEndpoint(as, request))),
    "GET /register/{client_id}": resource(as, async (request, { client_id = "" }) =>
      jsonAnswer(200, await readClient(as, request, client_id)),
    ),
    "PUT /register/{client_id}": resource(as, async (request, { client_id = "" }) =>
      jsonAnswer(200, await updateClient(as, request, client_id)),
    ),
    "DELETE /register/{client_id}": resource(as, async (request, { client_id = "" }) => {
      await deleteClient(as, request, client_id);
      return jsonAnswer(204, undefined);
    }),
  },
  list(process.env, "ORIGIN_SECRETS"),
);
