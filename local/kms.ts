import { createCipheriv, createDecipheriv, generateKeyPairSync, randomBytes } from "node:crypto";
import type { Operations } from "./aws-endpoint.ts";
import { AwsError } from "./aws-error.ts";
import { saved } from "./saved.ts";

type Context = Readonly<Record<string, string>>;

/** KMS as far as data keys go: symmetric keys that stay here, and what is encrypted under them for a context. */
export function localKms(file: string, keyArns: readonly string[]) {
  const store = saved<Record<string, string>>(file, {});
  for (const arn of keyArns) store.value[arn] ??= randomBytes(32).toString("base64");
  store.save(store.value);

  const keyOf = (id: string) => {
    const arn = Object.keys(store.value).find((known) => known === id || known.endsWith(`/${id}`));
    if (arn === undefined) throw new AwsError("NotFoundException", `Key '${id}' does not exist`);
    return { arn, secret: Buffer.from(String(store.value[arn]), "base64") };
  };

  function encrypted(keyId: string, plaintext: Buffer, context: Context) {
    const { arn, secret } = keyOf(keyId);
    const name = Buffer.from(arn);
    const nonce = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", secret, nonce).setAAD(canonical(context));
    const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    return Buffer.concat([Buffer.of(name.length), name, nonce, cipher.getAuthTag(), sealed]).toString("base64");
  }

  function decrypted(blob: Buffer, context: Context, keyId?: string) {
    const start = 1 + (blob[0] ?? 0);
    const { arn, secret } = keyOf(blob.subarray(1, start).toString());
    if (keyId !== undefined && keyOf(keyId).arn !== arn)
      throw new AwsError("IncorrectKeyException", "The key ID in the request does not identify the key that encrypted");
    try {
      const decipher = createDecipheriv("aes-256-gcm", secret, blob.subarray(start, start + 12));
      decipher.setAAD(canonical(context)).setAuthTag(blob.subarray(start + 12, start + 28));
      return { arn, plaintext: Buffer.concat([decipher.update(blob.subarray(start + 28)), decipher.final()]) };
    } catch {
      throw new AwsError("InvalidCiphertextException", "");
    }
  }

  return {
    GenerateDataKey: ({ KeyId, KeySpec, NumberOfBytes, EncryptionContext = {} }) => {
      const plaintext = randomBytes(NumberOfBytes ?? (KeySpec === "AES_128" ? 16 : 32));
      return {
        KeyId: keyOf(KeyId).arn,
        Plaintext: plaintext.toString("base64"),
        CiphertextBlob: encrypted(KeyId, plaintext, EncryptionContext),
      };
    },
    GenerateDataKeyPairWithoutPlaintext: ({ KeyId, KeyPairSpec, EncryptionContext = {} }) => {
      if (KeyPairSpec !== "ECC_NIST_P256")
        throw new AwsError("UnsupportedOperationException", `${KeyPairSpec} is not known here`);
      const pair = generateKeyPairSync("ec", {
        namedCurve: "P-256",
        privateKeyEncoding: { format: "der", type: "pkcs8" },
        publicKeyEncoding: { format: "der", type: "spki" },
      });
      return {
        KeyId: keyOf(KeyId).arn,
        KeyPairSpec,
        PublicKey: pair.publicKey.toString("base64"),
        PrivateKeyCiphertextBlob: encrypted(KeyId, pair.privateKey, EncryptionContext),
      };
    },
    Decrypt: ({ CiphertextBlob, KeyId, EncryptionContext = {} }) => {
      const { arn, plaintext } = decrypted(Buffer.from(CiphertextBlob, "base64"), EncryptionContext, KeyId);
      return { KeyId: arn, Plaintext: plaintext.toString("base64"), EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
    },
  } satisfies Operations;
}

const canonical = (context: Context) =>
  Buffer.from(JSON.stringify(Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1))));
