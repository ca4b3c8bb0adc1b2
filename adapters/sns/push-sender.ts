import { EndpointDisabledException, NotFoundException, PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { PushSender } from "../../core/wallet/wallet.ts";
import type { PushData } from "../../protocol/push.ts";

/** SNS mobile push. The envelope around our data is the platform's, with one constant localised alert, equal for everyone (N-77). */
export function snsPushSender(sns: SNSClient, nowMs: () => number): PushSender {
  return {
    async send(TargetArn, platform, data) {
      const ttl = Math.max(1, data.exp - Math.floor(nowMs() / 1000));
      const Message = JSON.stringify({ default: "", ...envelopes[platform](data, ttl) });
      try {
        await sns.send(
          new PublishCommand({
            TargetArn,
            MessageStructure: "json",
            Message,
            MessageAttributes: {
              [`AWS.SNS.MOBILE.${platform}.TTL`]: { DataType: "String", StringValue: String(ttl) },
            },
          }),
        );
        return "sent";
      } catch (error) {
        if (error instanceof NotFoundException || error instanceof EndpointDisabledException) return "gone";
        throw error;
      }
    },
  };
}

/** The texts live in the app, under this key, in its languages. */
const ALERT = "push_request";

const envelopes: Record<"APNS" | "FCM", (data: PushData, ttl: number) => Record<string, string>> = {
  APNS: (data) => {
    const payload = JSON.stringify({ aps: { alert: { "loc-key": ALERT }, sound: "default" }, fpx: data });
    return { APNS: payload, APNS_SANDBOX: payload };
  },
  FCM: ({ v, id, t, exp }, ttl) => ({
    // SNS takes FCM's HTTP v1 message under the key GCM; data values are strings there.
    GCM: JSON.stringify({
      fcmV1Message: {
        message: {
          data: { v: String(v), id, t, exp: String(exp) },
          android: { priority: "HIGH", ttl: `${ttl}s`, notification: { body_loc_key: ALERT } },
        },
      },
    }),
  }),
};
