import {
  type DPoPHandle,
  fetchProtectedResource,
  getDPoPHandle,
  randomDPoPKeyPair,
  refreshTokenGrant,
  WWWAuthenticateChallengeError,
} from "openid-client";
import type { GrantedDetail } from "../../protocol/oauth.ts";
import type { Exchange } from "../exchange.ts";
import type { Agreement } from "./agreement.ts";
import { rethrown } from "./refusal.ts";

/** One source of a person, and the way to call it. */
export interface Source {
  /** Its RFC 8707 identifier: its origin, and the base of `path` in `fetch`. */
  readonly resource: string;
  readonly authorization_details: readonly GrantedDetail[];
  /**
   * Calls the source with a token of its own. A token the source no longer accepts is replaced once, so a 401 that
   * comes back is the source's last word.
   *
   * @param path relative to `resource`; an absolute URL must have its origin
   * @throws {Refusal} outcome `ended` when the person withdrew or the time is over, `unavailable` while they paused it, `not_granted`
   * @see RFC 9449 §7
   */
  fetch(path: string, init?: CallInit): Promise<Response>;
}

interface CallInit {
  readonly method?: string;
  readonly headers?: HeadersInit;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

interface Held {
  readonly access_token: string;
  readonly DPoP: DPoPHandle;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Of whichever door. */
type Renewable = Pick<Agreement, "refresh_token" | "authorization_details">;

/** A token is not used in its last seconds: it has to arrive. */
const MARGIN = 5_000;

/**
 * The sources of an approval that was kept, each with its own DPoP key and tokens.
 *
 * @param first the token that came with the approval: it is for the first source
 */
export function sources(exchange: Exchange, agreement: Renewable, first?: Held): readonly Source[] {
  const resources = new Set(agreement.authorization_details.map(({ locations: [location] }) => location));
  return [...resources].map((resource, at) => source(exchange, agreement, resource, at === 0 ? first : undefined));
}

/**
 * One source of an agreement. Its tokens come from the refresh token with `resource` and are bound to a DPoP key that
 * no other source sees.
 *
 * @see RFC 8707 §2.2, RFC 9449 §5
 */
function source(exchange: Exchange, agreement: Renewable, resource: string, first?: Held): Source {
  let held: Promise<Held> | undefined = first === undefined ? undefined : Promise.resolve(first);
  let handle: DPoPHandle | undefined = first?.DPoP;

  async function fresh(): Promise<Held> {
    handle ??= getDPoPHandle(exchange, await randomDPoPKeyPair("ES256"));
    const DPoP = handle;
    const { access_token, expires_in = 60 } = await refreshTokenGrant(
      exchange,
      agreement.refresh_token,
      { resource },
      { DPoP },
    ).catch(rethrown);
    return { access_token, DPoP, until: Date.now() + expires_in * 1_000 };
  }

  async function token(): Promise<Held> {
    const asked = held;
    if (asked !== undefined && (await asked).until - MARGIN > Date.now()) return asked;
    if (held === asked) held = fresh();
    const next = held ?? fresh();
    return next.catch((failure) => {
      if (held === next) held = undefined;
      throw failure;
    });
  }

  async function call(url: URL, { method = "GET", headers, body }: CallInit) {
    const { access_token, DPoP } = await token();
    return fetchProtectedResource(exchange, access_token, url, method, body ?? null, new Headers(headers), {
      DPoP,
    }).catch((failure: unknown) => {
      if (failure instanceof WWWAuthenticateChallengeError) return failure.response;
      throw failure;
    });
  }

  return {
    resource,
    authorization_details: agreement.authorization_details.filter(({ locations }) => locations.includes(resource)),
    async fetch(path, init = {}) {
      const url = new URL(path, `${resource}/`);
      if (url.origin !== new URL(resource).origin) throw new TypeError("a token goes to its own source only");
      const response = await call(url, init);
      if (response.status !== 401) return response;
      await response.body?.cancel();
      held = undefined;
      return call(url, init);
    },
  };
}
