import type { KMSClient } from "@aws-sdk/client-kms";
import { exportJWK, importSPKI, type JWK } from "jose";
import type { TokenKeys } from "../../core/exchange.ts";
import type { KeptKey, KeptKeys, KeptRing } from "../../core/kept-key.ts";
import { firstRing, inUse, published } from "../../core/token-key-ring.ts";
import { newKeyPair, signingKey } from "./key-pairs.ts";
import { onceLoaded, reloaded } from "./once-loaded.ts";

const PURPOSE = "token";
/** How old an environment's view of the ring may be: a next key is published a day ahead. */
const RING_AGE_MS = 60_000;

/** A pair of tokens, made by KMS. */
export const newTokenKey = (kms: KMSClient, KeyId: string, nowMs: () => number): Promise<KeptKey> =>
  newKeyPair(kms, KeyId, PURPOSE, nowMs);

/** The ring as the clock sees it at each call; the key in use is decrypted once per environment. */
export function kmsTokenKeys(
  kms: KMSClient,
  KeyId: string,
  kept: KeptKeys & Pick<KeptRing, "findRing">,
  nowMs: () => number,
): TokenKeys {
  const ring = reloaded(
    async () => {
      const first = async () =>
        (await kept.find(PURPOSE)) ?? kept.insertFirst(PURPOSE, await newTokenKey(kms, KeyId, nowMs));
      const keys = (await kept.findRing())?.value ?? firstRing(await first());
      return Promise.all(keys.map(async (key) => ({ ...key, jwk: await publicJwk(key) })));
    },
    RING_AGE_MS,
    nowMs,
  );

  let opened: { readonly kid: string; readonly key: () => Promise<CryptoKey> } | undefined;

  return {
    async signing() {
      const current = inUse(await ring(), Math.floor(nowMs() / 1000));
      if (opened?.kid !== current.kid)
        opened = { kid: current.kid, key: onceLoaded(() => signingKey(kms, KeyId, PURPOSE, current)) };
      const { kid, key } = opened;
      return { kid, key: await key() };
    },
    async published() {
      return published(await ring(), Math.floor(nowMs() / 1000)).map(({ jwk }) => jwk);
    },
  };
}

async function publicJwk({ kid, publicKey }: KeptKey): Promise<JWK> {
  const pem = `-----BEGIN PUBLIC KEY-----\n${publicKey}\n-----END PUBLIC KEY-----`;
  return { ...(await exportJWK(await importSPKI(pem, "ES256", { extractable: true }))), kid, alg: "ES256", use: "sig" };
}
