import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { localKms } from "../../local/kms.ts";

const arn = "arn:aws:kms:us-east-1:000000000000:key/one";
const other = "arn:aws:kms:us-east-1:000000000000:key/two";
const file = () => join(mkdtempSync(join(tmpdir(), "fpx-")), "kms.json");
const context = { purpose: "seal", kid: "1" };

test("KMS Decrypt: the encryption context must be the same", () => {
  const kms = localKms(file(), [arn]);
  const { Plaintext, CiphertextBlob } = kms.GenerateDataKey({
    KeyId: arn,
    KeySpec: "AES_256",
    EncryptionContext: context,
  });
  const decrypt = (EncryptionContext: object) => kms.Decrypt({ CiphertextBlob, EncryptionContext });
  expect(decrypt({ kid: "1", purpose: "seal" })).toMatchObject({ KeyId: arn, Plaintext });
  expect(() => decrypt({ ...context, kid: "2" })).toThrow(
    expect.objectContaining({ name: "InvalidCiphertextException" }),
  );
  expect(() => decrypt({})).toThrow(expect.objectContaining({ name: "InvalidCiphertextException" }));
});

test("KMS GenerateDataKeyPairWithoutPlaintext: a P-256 pair whose private part only Decrypt tells", async () => {
  const kms = localKms(file(), [arn]);
  const pair = kms.GenerateDataKeyPairWithoutPlaintext({
    KeyId: "one",
    KeyPairSpec: "ECC_NIST_P256",
    EncryptionContext: context,
  });
  expect(pair).not.toHaveProperty("PrivateKeyPlaintext");
  const { Plaintext } = kms.Decrypt({ CiphertextBlob: pair.PrivateKeyCiphertextBlob, EncryptionContext: context });
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const privateKey = await crypto.subtle.importKey("pkcs8", Buffer.from(Plaintext, "base64"), algorithm, false, [
    "sign",
  ]);
  const publicKey = await crypto.subtle.importKey("spki", Buffer.from(pair.PublicKey, "base64"), algorithm, false, [
    "verify",
  ]);
  const signed = await crypto.subtle.sign(algorithm, privateKey, Buffer.from("June"));
  expect(await crypto.subtle.verify(algorithm, publicKey, signed, Buffer.from("June"))).toBe(true);
});

test("KMS: an unknown key is NotFoundException, a wrong one IncorrectKeyException", () => {
  const kms = localKms(file(), [arn, other]);
  expect(() => kms.GenerateDataKey({ KeyId: "three" })).toThrow(expect.objectContaining({ name: "NotFoundException" }));
  const { CiphertextBlob } = kms.GenerateDataKey({ KeyId: arn });
  expect(() => kms.Decrypt({ CiphertextBlob, KeyId: other })).toThrow(
    expect.objectContaining({ name: "IncorrectKeyException" }),
  );
});

test("KMS: keys outlive the process, in a file only its owner reads", () => {
  const kept = file();
  const { Plaintext, CiphertextBlob } = localKms(kept, [arn]).GenerateDataKey({ KeyId: arn });
  expect(localKms(kept, [arn]).Decrypt({ CiphertextBlob }).Plaintext).toBe(Plaintext);
  expect(statSync(kept).mode & 0o777).toBe(0o600);
});
