import { appleAppSiteAssociation, assetLinks } from "../core/endpoints/app-association.ts";
import { jwks, metadata } from "../core/endpoints/discovery.ts";
import { document } from "./http/endpoints.ts";
import { httpFunction } from "./http/http-function.ts";
import { exchange, list, navigatorApps } from "./ports.ts";

const as = exchange(process.env);
const apps = navigatorApps(process.env);

export const handler = httpFunction(
  {
    "GET /.well-known/openid-configuration": document(() => metadata(as)),
    "GET /.well-known/oauth-authorization-server": document(() => metadata(as)),
    "GET /.well-known/uma2-configuration": document(() => metadata(as)),
    "GET /.well-known/assetlinks.json": document(() => assetLinks(apps)),
    "GET /.well-known/apple-app-site-association": document(() => appleAppSiteAssociation(apps)),
    "GET /jwks": document(() => jwks(as)),
  },
  list(process.env, "ORIGIN_SECRETS"),
);
