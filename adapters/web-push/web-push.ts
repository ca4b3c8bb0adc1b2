import webPush from "web-push";
import type { EncryptPush } from "../../core/web-push.ts";

/** RFC 8291 by the `web-push` package, which only makes the request: sending it is the egress client's. */
export const encryptPush: EncryptPush = (subscription, content, { ttl, topic, urgency }) => {
  const { headers, body } = webPush.generateRequestDetails(subscription, content, {
    TTL: ttl,
    topic,
    urgency,
    contentEncoding: "aes128gcm",
  });
  return {
    headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)])),
    body,
  };
};
