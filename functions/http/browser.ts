import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Onward } from "../../core/endpoints/authorization.ts";
import { OAuthError } from "../../core/oauth-error.ts";
import type { Parameters } from "../../protocol/oauth.ts";
import { refusalOf } from "../error-response.ts";
import type { Answer } from "./http-function.ts";
import { queryParameters } from "./read.ts";

/** Set where a flow begins: the answer is only ever delivered to the browser that has it (N-70). */
const COOKIE = "__Host-fpx-flow";
/** Seconds: as long as a flow can last. */
const MAX_AGE = 900;

/** What a browser is sent to: always a 303 (FAPI 2.0 §5.3.2.2). A refusal is a page of the Wallet in plain words and never a redirect to a Client. */
export function browser(
  walletOrigin: string,
  answer: (parameters: Parameters, cookie: string | undefined) => Promise<Onward>,
): Answer {
  return async (event) => {
    try {
      const { location, cookie } = await answer(queryParameters(event), cookieOf(event));
      return seeOther(
        location,
        cookie === undefined ? [] : [`${COOKIE}=${cookie}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${MAX_AGE}`],
      );
    } catch (error) {
      const { code, message, status, cause } = refusalOf(error);
      const location = `${walletOrigin}/#/stopped/${status < 500 ? "flow" : "trouble"}`;
      throw new OAuthError(code, message, { headers: { location }, cause });
    }
  };
}

function seeOther(location: string, cookies: string[]): APIGatewayProxyStructuredResultV2 {
  const headers = { location, "cache-control": "no-store", "referrer-policy": "no-referrer" };
  return { statusCode: 303, headers, ...(cookies.length > 0 && { cookies }) };
}

function cookieOf({ cookies = [] }: APIGatewayProxyEventV2): string | undefined {
  const found = cookies.filter((cookie) => cookie.startsWith(`${COOKIE}=`));
  return found.length === 1 ? found[0]?.slice(COOKIE.length + 1) : undefined;
}
