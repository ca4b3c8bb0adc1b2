import {
  clientCredentialsGrant,
  type DPoPHandle,
  fetchProtectedResource,
  getDPoPHandle,
  randomDPoPKeyPair,
} from "openid-client";
import { UMA_PROTECTION } from "../../protocol/uma.ts";
import type { Exchange } from "../exchange.ts";
import { RefusedRequest, rethrown } from "../refused-request.ts";

/** A token is not used in its last seconds: it has to arrive. */
const MARGIN = 5_000;

/** A token for the protection API, and the key it is bound to. */
export interface ProtectionToken {
  readonly access_token: string;
  readonly DPoP: DPoPHandle;
}

interface Held extends ProtectionToken {
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/**
 * The Resource Server's own token, which speaks for no person and for every person linked to it: made when first needed, and anew before it is over.
 *
 * @throws {RefusedRequest}
 * @see UMA FedAuthz §1.2
 */
export function ownProtectionToken(exchange: () => Promise<Exchange>): () => Promise<ProtectionToken> {
  let held: Promise<Held> | undefined;

  async function fresh(): Promise<Held> {
    const as = await exchange();
    const DPoP = getDPoPHandle(as, await randomDPoPKeyPair("ES256"));
    const granted = await clientCredentialsGrant(as, { scope: UMA_PROTECTION }, { DPoP }).catch(rethrown);
    return { access_token: granted.access_token, DPoP, until: Date.now() + (granted.expires_in ?? 60) * 1_000 };
  }

  return async () => {
    const known = await held?.catch(() => undefined);
    if (known !== undefined && known.until - MARGIN > Date.now()) return known;
    const next = fresh();
    held = next;
    return next;
  };
}

/**
 * `POST` to the protection API.
 *
 * @throws {RefusedRequest} for any answer but 201
 * @see UMA FedAuthz §3.2.1, §4.1
 */
export async function posted<Answer>(
  exchange: Exchange,
  { access_token, DPoP }: ProtectionToken,
  endpoint: "resource_registration_endpoint" | "permission_endpoint",
  body: unknown,
): Promise<Answer> {
  const url = exchange.serverMetadata()[endpoint];
  if (typeof url !== "string") throw new TypeError(`the exchange names no ${endpoint}`);
  const response = await fetchProtectedResource(
    exchange,
    access_token,
    new URL(url),
    "POST",
    JSON.stringify(body),
    new Headers({ "content-type": "application/json" }),
    { DPoP },
  ).catch(rethrown);
  if (response.status !== 201) throw await RefusedRequest.of(response);
  return response.json();
}
