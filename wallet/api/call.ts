import { locale } from "../messages/languages.ts";
import { heard } from "./clock.ts";
import { Refusal, refusal } from "./refusal.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** One call to `/wallet/…`: the parsed answer, or a `Refusal`. */
export type Call = <Answer>(method: Method, path: string, body?: unknown) => Promise<Answer>;

/** How a call proves whose it is: nothing to add on the web (a cookie does it), a token and a proof in Navigator. */
export type Prove = (method: Method, url: string) => Promise<Readonly<Record<string, string>>>;

const PATIENCE_MS = 15_000;

/** Calls to one exchange. `api` is its origin, empty for the page's own; cookies go along only there. */
export function callTo(api: string, prove: Prove): Call {
  return async <Answer>(method: Method, path: string, body?: unknown) => {
    const url = `${api}${path}`;
    const answer = await fetch(url, {
      method,
      headers: {
        accept: "application/json",
        "accept-language": locale,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(await prove(method, url)),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      credentials: api === "" ? "same-origin" : "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => {
      throw new Refusal("offline");
    });
    heard(answer);
    if (!answer.ok) throw await refusal(answer);
    return (answer.status === 204 ? undefined : await answer.json()) as Answer;
  };
}
