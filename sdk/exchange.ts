import { importJWK, type JWK } from "jose";
import {
  allowInsecureRequests,
  type Configuration,
  type CustomFetch,
  customFetch,
  discovery,
  PrivateKeyJwt,
} from "openid-client";

/** A party as an exchange knows it: its registration and the private key its assertions are signed with. */
export interface Party {
  /** The issuer identifier, without a trailing slash. */
  readonly issuer: string;
  readonly client_id: string;
  /** Private JWK; its `kid` names the public key in the registration, its `alg` (default ES256) how it signs. */
  readonly key: JWK;
  /** Another fetch, for tests and for runtimes that need one. */
  readonly fetch?: CustomFetch;
}

/** openid-client's handle on one exchange for one party: pass it to any function of openid-client. */
export type Exchange = Configuration;

/**
 * Reads the exchange's metadata and makes the handle that every request of this party goes through.
 * Only an issuer on this machine may be spoken to over plain http.
 *
 * @param timeout of each request, in seconds
 * @throws when the issuer does not answer or answers for another issuer.
 * @see RFC 8414 §3, RFC 7523 §2.2 (`aud` is the issuer, FAPI 2.0 §5.3.3.1)
 */
export async function connect({ issuer, client_id, key, fetch }: Party, timeout = 10): Promise<Exchange> {
  const signing = await importJWK(key, key.alg ?? "ES256");
  if (!(signing instanceof CryptoKey)) throw new TypeError("the key of a party is a private key, not a secret");
  const authentication = PrivateKeyJwt(key.kid === undefined ? signing : { key: signing, kid: key.kid });
  const exchange = await discovery(new URL(issuer), client_id, undefined, authentication, {
    ...(isLoopback(issuer) && { execute: [allowInsecureRequests] }),
    ...(fetch !== undefined && { [customFetch]: fetch }),
  });
  exchange.timeout = timeout;
  return exchange;
}

/** `connect` when first needed, once: the exchange may be started after us. A failure is tried again. */
export function connection(party: Party, timeout?: number): () => Promise<Exchange> {
  let connecting: Promise<Exchange> | undefined;
  return () => {
    connecting ??= connect(party, timeout).catch((failure) => {
      connecting = undefined;
      throw failure;
    });
    return connecting;
  };
}

function isLoopback(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}
