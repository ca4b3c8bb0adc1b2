import { DecryptCommand, GenerateDataKeyPairWithoutPlaintextCommand, type KMSClient } from "@aws-sdk/client-kms";
import { exportJWK, importSPKI, type JWK } from "jose";
import type { TokenKeys } from "../../core/exchange.ts";
import type { KeptKey, KeptKeys, KeptRing } from "../../core/kept-key.ts";
import { randomId } from "../../core/random.ts";
import { firstRing, inUse, published } from "../../core/token-key-ring.ts";
import { onceLoaded, reloaded } from "./once-loaded.ts";

const PURPOSE = "token";
/** How old an environment's view of the ring may be: a next key is published a day ahead. */
const RING_AGE_MS = 60_000;

const context = (kid: string) => ({ purpose: PURPOSE, kid });

/** A P-256 pair made by KMS: the private half leaves it only encrypted under the KMS key (design §4). */
export async function newTokenKey(kms: KMSClient, KeyId: string, nowMs: () => number): Promise<KeptKey> {
  const kid = randomId();
  const { PublicKey, PrivateKeyCiphertextBlob } = await kms.send(
    new GenerateDataKeyPairWithoutPlaintextCommand({
      KeyId,
      KeyPairSpec: "ECC_NIST_P256",
      EncryptionContext: context(kid),
    }),
  );
  if (PublicKey === undefined || PrivateKeyCiphertextBlob === undefined) throw new Error("KMS returned no key pair");
  return {
    kid,
    ciphertext: Buffer.from(PrivateKeyCiphertextBlob).toString("base64"),
    publicKey: Buffer.from(PublicKey).toString("base64"),
    createdAt: Math.floor(nowMs() / 1000),
  };
}

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

  async function privateKey({ kid, ciphertext }: KeptKey): Promise<CryptoKey> {
    const { Plaintext } = await kms.send(
      new DecryptCommand({ KeyId, CiphertextBlob: Buffer.from(ciphertext, "base64"), EncryptionContext: context(kid) }),
    );
    if (Plaintext === undefined) throw new Error("KMS returned no plaintext");
    const pkcs8 = Uint8Array.from(Plaintext);
    return crypto.subtle.importKey("pkcs8", pkcs8, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  }
  let opened: { readonly kid: string; readonly key: () => Promise<CryptoKey> } | undefined;

  return {
    async signing() {
      const current = inUse(await ring(), Math.floor(nowMs() / 1000));
      if (opened?.kid !== current.kid) opened = { kid: current.kid, key: onceLoaded(() => privateKey(current)) };
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
