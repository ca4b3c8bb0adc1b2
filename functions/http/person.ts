import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { OAuthError } from "../../core/oauth-error.ts";
import { languageOf } from "../../core/wallet/language.ts";
import type { WalletRequest } from "../../core/wallet/wallet.ts";
import { refusalOf } from "../error-response.ts";
import { jsonAnswer, proofOf } from "./endpoints.ts";
import type { Answer } from "./http-function.ts";
import { jsonBody, queryParameters } from "./read.ts";

export interface Origins {
  readonly wallet: string;
  readonly navigator: readonly string[];
}

/** Named by surface: `__Host-` keeps it to this origin, over TLS or loopback. */
const COOKIE = "__Host-fpx-wallet";

/** The wallet surface: one origin for the web, with a SameSite=Strict cookie and an origin check; Navigator's origins without credentials, by DPoP (N-74). */
export function person(
  { wallet, navigator }: Origins,
  answer: (request: WalletRequest, id: string) => Promise<APIGatewayProxyStructuredResultV2>,
): Answer {
  return async (event) => {
    const origin = event.headers["origin"] ?? "";
    const cors = navigator.includes(origin) ? corsFor(origin) : {};
    try {
      fromOurApps(event, wallet, navigator);
      const request: WalletRequest = {
        ...proofOf(event, wallet),
        cookie: cookieOf(event),
        authorization: event.headers["authorization"],
        query: queryParameters(event),
        language: languageOf(event.headers["accept-language"]),
        body: jsonBody(event),
      };
      const response = await answer(request, event.pathParameters?.["id"] ?? "");
      return { ...response, headers: { ...response.headers, ...cors } };
    } catch (error) {
      // Navigator must be able to read a refusal too.
      const { code, message, description, headers, members, cause } = refusalOf(error);
      throw new OAuthError(code, message, { description, headers: { ...headers, ...cors }, members, cause });
    }
  };
}

/** The preflight of a Navigator origin (Fetch §4.8); any other origin is told nothing. */
export function preflight({ navigator }: Origins): Answer {
  return async (event) => {
    const origin = event.headers["origin"] ?? "";
    if (!navigator.includes(origin)) throw new OAuthError("forbidden", "preflight of another origin");
    const headers = {
      ...corsFor(origin),
      "access-control-allow-methods": "GET, POST, PUT, DELETE",
      "access-control-allow-headers": "authorization, content-type, dpop",
      "access-control-max-age": "7200",
    };
    return jsonAnswer(204, undefined, headers);
  };
}

/** `Max-Age` is how long the session lives; 0 ends it. */
export function sessionCookie(secret: string, maxAge: number): string {
  return `${COOKIE}=${secret}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${maxAge}`;
}

/** Whatever changes something comes from the Wallet's own page or a configured Navigator; Navigator never comes with a cookie. */
function fromOurApps(
  { headers, requestContext }: APIGatewayProxyEventV2,
  wallet: string,
  navigator: readonly string[],
): void {
  const { origin, dpop } = headers;
  if (origin === undefined && (requestContext.http.method === "GET" || dpop !== undefined)) return;
  if (origin === wallet || (dpop !== undefined && navigator.includes(origin ?? ""))) return;
  // Before sign-in Navigator has nothing to prove yet: the options of a ceremony change nothing.
  if (navigator.includes(origin ?? "") && requestContext.http.path.endsWith("/options")) return;
  throw new OAuthError("forbidden", "another origin, or none");
}

function cookieOf({ cookies = [], headers }: APIGatewayProxyEventV2): string | undefined {
  if (headers["authorization"] !== undefined || headers["dpop"] !== undefined) return undefined;
  const found = cookies.filter((cookie) => cookie.startsWith(`${COOKIE}=`));
  return found.length === 1 ? found[0]?.slice(COOKIE.length + 1) : undefined;
}

function corsFor(origin: string): Record<string, string> {
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "date, retry-after",
    vary: "origin",
  };
}
