import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from "@aws-sdk/client-kms";
import type { KeptKey, KeptKeys } from "../../core/kept-key.ts";
import type { SealingKey, SealingKeys } from "../../core/seal.ts";
import { onceLoaded } from "./once-loaded.ts";

const PURPOSE = "seal";

/** A key by its secret of 32 bytes. */
type Cipher = (kid: string, secret: Uint8Array) => SealingKey;

/** AES-256 data keys under the KMS key; their id follows the region in each handle. */
export function kmsSealingKeys(
  kms: KMSClient,
  KeyId: string,
  kept: KeptKeys,
  cipher: Cipher,
  nowMs: () => number,
): SealingKeys {
  const context = (kid: string) => ({ purpose: PURPOSE, kid });

  const make = async (): Promise<KeptKey> => {
    const kid = Buffer.from(crypto.getRandomValues(new Uint8Array(2))).toString("hex");
    const { CiphertextBlob } = await kms.send(
      new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256", EncryptionContext: context(kid) }),
    );
    if (CiphertextBlob === undefined) throw new Error("KMS returned no data key");
    return { kid, ciphertext: Buffer.from(CiphertextBlob).toString("base64"), createdAt: Math.floor(nowMs() / 1000) };
  };

  const current = onceLoaded(async (): Promise<SealingKey> => {
    const { kid, ciphertext } = (await kept.find(PURPOSE)) ?? (await kept.insertFirst(PURPOSE, await make()));
    const { Plaintext } = await kms.send(
      new DecryptCommand({ KeyId, CiphertextBlob: Buffer.from(ciphertext, "base64"), EncryptionContext: context(kid) }),
    );
    if (Plaintext === undefined) throw new Error("KMS returned no plaintext");
    return cipher(kid, Plaintext);
  });

  return {
    current,
    async find(id) {
      const key = await current();
      return key.id === id ? key : undefined;
    },
  };
}
