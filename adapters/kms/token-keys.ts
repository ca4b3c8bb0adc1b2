import { DecryptCommand, GenerateDataKeyPairWithoutPlaintextCommand, type KMSClient } from "@aws-sdk/client-kms";
import { exportJWK, importSPKI, type JWK } from "jose";
import type { TokenKeys } from "../../core/exchange.ts";
import type { KeptKey, KeptKeys } from "../../core/kept-key.ts";
import { randomId } from "../../core/random.ts";
import { onceLoaded } from "./once-loaded.ts";

const PURPOSE = "token";

/** P-256 pairs made by KMS: the private half leaves it only encrypted under the KMS key and is decrypted once per environment (design: token key). */
export function kmsTokenKeys(kms: KMSClient, KeyId: string, kept: KeptKeys, nowMs: () => number): TokenKeys {
  const context = (kid: string) => ({ purpose: PURPOSE, kid });

  const make = async (): Promise<KeptKey> => {
    const kid = randomId();
    const { PublicKey, PrivateKeyCiphertextBlob } = await kms.send(
      new GenerateDataKeyPairWithoutPlaintextCommand({
        KeyId,
        KeyPairSpec: "ECC_NIST_P256",
        EncryptionContext: context(kid),
      }),
    );
    if (PublicKey === undefined || PrivateKeyCiphertextBlob === undefined) throw new Error("KMS returned no key pair");
    const ciphertext = Buffer.from(PrivateKeyCiphertextBlob).toString("base64");
    return {
      kid,
      ciphertext,
      publicKey: Buffer.from(PublicKey).toString("base64"),
      createdAt: Math.floor(nowMs() / 1000),
    };
  };
  const current = onceLoaded(async () => (await kept.find(PURPOSE)) ?? kept.insertFirst(PURPOSE, await make()));

  const signing = onceLoaded(async () => {
    const { kid, ciphertext } = await current();
    const { Plaintext } = await kms.send(
      new DecryptCommand({ KeyId, CiphertextBlob: Buffer.from(ciphertext, "base64"), EncryptionContext: context(kid) }),
    );
    if (Plaintext === undefined) throw new Error("KMS returned no plaintext");
    const pkcs8 = Uint8Array.from(Plaintext);
    const key = await crypto.subtle.importKey("pkcs8", pkcs8, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
    return { kid, key };
  });

  const published = onceLoaded(async (): Promise<readonly JWK[]> => {
    const { kid, publicKey } = await current();
    const key = await importSPKI(`-----BEGIN PUBLIC KEY-----\n${publicKey}\n-----END PUBLIC KEY-----`, "ES256", {
      extractable: true,
    });
    return [{ ...(await exportJWK(key)), kid, alg: "ES256", use: "sig" }];
  });

  return { signing, published };
}
