import { createCipheriv, createDecipheriv, createSecretKey } from "node:crypto";
import type { SealingKey } from "../../core/seal.ts";

const CIPHER = "aes-256-gcm";
const authTagLength = 16;

/** AES-256-GCM (NIST SP 800-38D) on this thread. `id` is 4 characters of [a-z0-9], `secret` is 32 bytes; nothing leads back from what is returned to the secret. */
export function aesGcm(id: string, secret: Uint8Array): SealingKey {
  const key = createSecretKey(secret);
  return {
    id,
    encrypt(nonce, plaintext, additionalData) {
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength }).setAAD(additionalData);
      return Uint8Array.of(...cipher.update(plaintext), ...cipher.final(), ...cipher.getAuthTag());
    },
    decrypt(nonce, sealed, additionalData) {
      const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength }).setAAD(additionalData);
      try {
        decipher.setAuthTag(sealed.subarray(-authTagLength));
        return Uint8Array.of(...decipher.update(sealed.subarray(0, -authTagLength)), ...decipher.final());
      } catch {
        return undefined;
      }
    },
  };
}
