import { tokenIntrospection } from "openid-client";
import { sha256 } from "../../protocol/canonical-json.ts";
import type { ActiveToken, IntrospectionResponse } from "../../protocol/introspection.ts";
import type { Exchange } from "../exchange.ts";
import { RefusedAccess } from "./refused-access.ts";

/** The longest that a withdrawal may go unnoticed here, in seconds (docs/protect-an-api.md). */
const LONGEST_CACHE = 3;
const SWEEP_ABOVE = 1_000;

/** Asks the exchange whether the consent behind a token still stands. */
export interface ConsentCheck {
  (jws: string): Promise<ActiveToken>;
  /** Asks anew for every token of this consent, or of this person. */
  forget(about: About): void;
}

type About = { readonly consent: string } | { readonly sub: string };

interface Asked {
  readonly answer: Promise<ActiveToken>;
  readonly until: number;
  /** Once it has come. */
  active?: ActiveToken;
}

/**
 * Only "active" is remembered, for `cacheSeconds` from the moment the question was sent; requests that come meanwhile
 * share one question. No answer is no access.
 *
 * @throws {RangeError} for more than 3 seconds; the check throws {RefusedAccess} `invalid_token` or `temporarily_unavailable`.
 * @see RFC 7662 §2, §4 (caching)
 */
export function consentCheck(exchange: () => Promise<Exchange>, cacheSeconds = LONGEST_CACHE): ConsentCheck {
  if (!(cacheSeconds >= 0 && cacheSeconds <= LONGEST_CACHE)) throw new RangeError("cacheSeconds is 0 to 3");
  const asked = new Map<string, Asked>();

  async function check(jws: string): Promise<ActiveToken> {
    const key = await sha256(jws);
    const now = Date.now();
    const known = asked.get(key);
    if (known !== undefined && known.until > now) return known.answer;
    if (asked.size > SWEEP_ABOVE) for (const [old, { until }] of asked) if (until <= now) asked.delete(old);
    const question: Asked = { answer: introspected(exchange, jws), until: now + cacheSeconds * 1_000 };
    asked.set(key, question);
    try {
      question.active = await question.answer;
      return question.active;
    } catch (refusal) {
      if (asked.get(key) === question) asked.delete(key);
      throw refusal;
    }
  }

  // an answer under way may be older than what is known now
  const isAbout = ({ active }: Asked, about: About) =>
    active === undefined || ("sub" in about ? active.sub === about.sub : active.consent === about.consent);
  return Object.assign(check, {
    forget(about: About): void {
      for (const [key, question] of asked) if (isAbout(question, about)) asked.delete(key);
    },
  });
}

async function introspected(exchange: () => Promise<Exchange>, jws: string): Promise<ActiveToken> {
  let answer: IntrospectionResponse;
  try {
    answer = (await tokenIntrospection(await exchange(), jws)) as unknown as IntrospectionResponse;
  } catch (failure) {
    throw new RefusedAccess("temporarily_unavailable", `introspection: ${failure}`);
  }
  if (!answer.active) throw new RefusedAccess("invalid_token", "consent ended");
  return answer;
}
