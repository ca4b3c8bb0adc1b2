import { registrationEndpoint } from "../core/endpoints/registration.ts";
import { jsonAnswer, resource } from "./http/endpoints.ts";
import { httpFunction } from "./http/http-function.ts";
import { exchange, list } from "./ports.ts";

const as = exchange(process.env);

export const handler = httpFunction(
  {
    "POST /register": resource(as.issuer, async (request) => jsonAnswer(201, await registrationEndpoint(as, request))),
  },
  list(process.env, "ORIGIN_SECRETS"),
);
