import { DecryptCommand, GenerateDataKeyPairWithoutPlaintextCommand, type KMSClient } from "@aws-sdk/client-kms";
import type { KeptKey } from "../../core/kept-key.ts";
import { randomId } from "../../core/random.ts";

/** A P-256 pair made by KMS: the private half leaves it only encrypted under the KMS key, for one purpose (design §4). */
export async function newKeyPair(
  kms: KMSClient,
  KeyId: string,
  purpose: string,
  nowMs: () => number,
): Promise<KeptKey> {
  const kid = randomId();
  const { PublicKey, PrivateKeyCiphertextBlob } = await kms.send(
    new GenerateDataKeyPairWithoutPlaintextCommand({
      KeyId,
      KeyPairSpec: "ECC_NIST_P256",
      EncryptionContext: { purpose, kid },
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

/** Its private half, to sign with and never to be read again. */
export async function signingKey(
  kms: KMSClient,
  KeyId: string,
  purpose: string,
  { kid, ciphertext }: KeptKey,
): Promise<CryptoKey> {
  const { Plaintext } = await kms.send(
    new DecryptCommand({
      KeyId,
      CiphertextBlob: Buffer.from(ciphertext, "base64"),
      EncryptionContext: { purpose, kid },
    }),
  );
  if (Plaintext === undefined) throw new Error("KMS returned no plaintext");
  const pkcs8 = Uint8Array.from(Plaintext);
  return crypto.subtle.importKey("pkcs8", pkcs8, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
}
