import { tokenEndpoint } from "../core/endpoints/token.ts";
import { form } from "./http/endpoints.ts";
import { httpFunction } from "./http/http-function.ts";
import { exchange, list } from "./ports.ts";

const as = exchange(process.env);

export const handler = httpFunction(
  { "POST /token": form(as, (request) => tokenEndpoint(as, request)) },
  list(process.env, "ORIGIN_SECRETS"),
);
