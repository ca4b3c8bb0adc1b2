import { authorizationEndpoint, resumeEndpoint } from "../core/endpoints/authorization.ts";
import { backchannelAuthenticationEndpoint } from "../core/endpoints/backchannel-authentication.ts";
import { claimsEndpoint, claimsResumeEndpoint } from "../core/endpoints/claims.ts";
import { elsewhereEndpoint } from "../core/endpoints/elsewhere.ts";
import { pushedAuthorizationEndpoint } from "../core/endpoints/pushed-authorization.ts";
import { browser } from "./http/browser.ts";
import { form } from "./http/endpoints.ts";
import { httpFunction } from "./http/http-function.ts";
import { formParameters } from "./http/read.ts";
import { exchange, list, required } from "./ports.ts";

const as = exchange(process.env);
const walletOrigin = required(process.env, "WALLET_ORIGIN");

export const handler = httpFunction(
  {
    "POST /par": form(as, (request) => pushedAuthorizationEndpoint(as, request), 201),
    "GET /authorize": browser(walletOrigin, (parameters) => authorizationEndpoint(as, { parameters, walletOrigin })),
    // OIDC Core §3.1.2.1: GET and POST.
    "POST /authorize": browser(
      walletOrigin,
      (parameters) => authorizationEndpoint(as, { parameters, walletOrigin }),
      formParameters,
    ),
    "GET /authorize/elsewhere": browser(walletOrigin, (parameters, cookies) =>
      elsewhereEndpoint(as, { parameters, cookies, walletOrigin }),
    ),
    "GET /authorize/resume": browser(walletOrigin, (parameters, cookies) =>
      resumeEndpoint(as, { parameters, cookies }),
    ),
    "GET /claims": browser(walletOrigin, (parameters, cookies, receivedAtMs) =>
      claimsEndpoint(as, { parameters, cookies, walletOrigin, receivedAtMs }),
    ),
    "GET /claims/resume": browser(walletOrigin, (parameters, cookies) =>
      claimsResumeEndpoint(as, { parameters, cookies }),
    ),
    "POST /bc-authorize": form(as, (request) => backchannelAuthenticationEndpoint(as, request, walletOrigin)),
  },
  list(process.env, "ORIGIN_SECRETS"),
);
