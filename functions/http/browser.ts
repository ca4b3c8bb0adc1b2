import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Onward } from "../../core/endpoints/authorization.ts";
import { OAuthError } from "../../core/oauth-error.ts";
import type { Parameters } from "../../protocol/oauth.ts";
import type { ErrorCode } from "../../protocol/oauth-errors.ts";
import { refusalOf } from "../error-response.ts";
import type { Answer } from "./http-function.ts";
import { queryParameters } from "./read.ts";

/** Set where a flow begins, one for each: the answer is only ever delivered to the browser that has it (N-70). */
const COOKIE = "__Host-fpx-flow-";
/** Seconds: as long as a flow can last, if nothing else is said. */
const MAX_AGE = 900;

/** UX-18: which page of the Wallet has the words (`wallet/app/route.ts`); what nobody here asked for tells nothing more. */
const deadEnds: Partial<Record<ErrorCode, string>> = {
  gone: "used",
  expired_token: "late",
  access_denied: "browser",
  unauthorized_client: "app",
};

/** What a browser is sent to: always a 303 (FAPI 2.0 §5.3.2.2). A refusal is a page of the Wallet in plain words and never a redirect to a Client. */
export function browser(
  walletOrigin: string,
  answer: (parameters: Parameters, cookies: readonly string[], receivedAtMs: number) => Promise<Onward>,
  read: (event: APIGatewayProxyEventV2) => Parameters = queryParameters,
): Answer {
  return async (event) => {
    try {
      const { location, cookie, cookieLasts } = await answer(
        read(event),
        cookiesOf(event),
        event.requestContext.timeEpoch,
      );
      return seeOther(location, cookie === undefined ? [] : [flowCookie(cookie, cookieLasts)]);
    } catch (error) {
      const { code, message, status, cause } = refusalOf(error);
      const location = `${walletOrigin}/#/stopped/${status < 500 ? (deadEnds[code] ?? "flow") : "trouble"}`;
      throw new OAuthError(code, message, { headers: { location }, cause });
    }
  };
}

function seeOther(location: string, cookies: string[]): APIGatewayProxyStructuredResultV2 {
  const headers = { location, "cache-control": "no-store", "referrer-policy": "no-referrer" };
  return { statusCode: 303, headers, ...(cookies.length > 0 && { cookies }) };
}

function cookiesOf({ cookies = [] }: APIGatewayProxyEventV2): readonly string[] {
  const ours = cookies.filter((cookie) => cookie.startsWith(COOKIE)).slice(0, 20);
  return ours.map((cookie) => cookie.slice(cookie.indexOf("=") + 1));
}

function flowCookie(value: string, maxAge = MAX_AGE): string {
  return `${COOKIE}${value.slice(-8)}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${maxAge}`;
}
