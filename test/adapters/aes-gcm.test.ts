import { describe, expect, test } from "vitest";
import { aesGcm } from "../../adapters/openssl/aes-gcm.ts";

const hex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));

/** GCM specification (McGrew, Viega), Appendix B, test case 16. */
const vector = {
  key: hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
  nonce: hex("cafebabefacedbaddecaf888"),
  plaintext: hex(
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
  ),
  additionalData: hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
  sealed: hex(
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662" +
      "76fc6ece0f4e1768cddf8853bb2d551b",
  ),
};
const { nonce, plaintext, additionalData, sealed } = vector;

describe("AES-256-GCM", () => {
  const key = aesGcm("abcd", vector.key);
  test("as its specification's test case 16 has it", () => {
    expect(key.encrypt(nonce, plaintext, additionalData)).toEqual(sealed);
    expect(key.decrypt(nonce, sealed, additionalData)).toEqual(plaintext);
  });
  test("what WebCrypto encrypted it opens, so a key goes on with what it sealed before", async () => {
    const webKey = await crypto.subtle.importKey("raw", vector.key, "AES-GCM", false, ["encrypt"]);
    const theirs = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData }, webKey, plaintext);
    expect(key.decrypt(nonce, new Uint8Array(theirs), additionalData)).toEqual(plaintext);
  });
  test("one changed bit of anything, and everything shorter, opens nothing", () => {
    const flipped = (bytes: Uint8Array<ArrayBuffer>, at: number) =>
      bytes.map((byte, n) => (n === at ? byte ^ 1 : byte));
    for (let at = 0; at < sealed.length; at++)
      expect(key.decrypt(nonce, flipped(sealed, at), additionalData)).toBeUndefined();
    expect(key.decrypt(flipped(nonce, 11), sealed, additionalData)).toBeUndefined();
    expect(key.decrypt(nonce, sealed, flipped(additionalData, 0))).toBeUndefined();
    for (let length = 0; length < sealed.length; length++)
      expect(key.decrypt(nonce, sealed.slice(0, length), additionalData)).toBeUndefined();
    expect(aesGcm("abcd", flipped(vector.key, 0)).decrypt(nonce, sealed, additionalData)).toBeUndefined();
  });
});
