import { backchannelAuthenticationEndpoint } from "../core/endpoints/backchannel-authentication.ts";
import { form } from "./http/endpoints.ts";
import { httpFunction } from "./http/http-function.ts";
import { exchange, list } from "./ports.ts";

const as = exchange(process.env);

export const handler = httpFunction(
  { "POST /bc-authorize": form(as.issuer, (request) => backchannelAuthenticationEndpoint(as, request)) },
  list(process.env, "ORIGIN_SECRETS"),
);
