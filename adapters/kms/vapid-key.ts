import type { KMSClient } from "@aws-sdk/client-kms";
import type { KeptKeys } from "../../core/kept-key.ts";
import type { VapidKey } from "../../core/web-push.ts";
import { newKeyPair, signingKey } from "./key-pairs.ts";
import { onceLoaded } from "./once-loaded.ts";

const PURPOSE = "vapid";
/** An uncompressed P-256 point: the end of its SPKI. */
const POINT = 65;

/** One pair for good: every subscription is bound to it (RFC 8292 §4.2). Whoever comes first makes it. */
export function kmsVapidKey(kms: KMSClient, KeyId: string, kept: KeptKeys, nowMs: () => number): VapidKey {
  const pair = onceLoaded(
    async () => (await kept.find(PURPOSE)) ?? kept.insertFirst(PURPOSE, await newKeyPair(kms, KeyId, PURPOSE, nowMs)),
  );
  return {
    async publicKey() {
      const { publicKey = "" } = await pair();
      return Buffer.from(publicKey, "base64").subarray(-POINT).toString("base64url");
    },
    signing: onceLoaded(async () => signingKey(kms, KeyId, PURPOSE, await pair())),
  };
}
