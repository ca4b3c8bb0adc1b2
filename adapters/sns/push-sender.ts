import { EndpointDisabledException, NotFoundException, PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { PushSender } from "../../core/phone-push.ts";
import type { PushData, PushKind } from "../../protocol/push.ts";

/** SNS mobile push. The envelope around our data is the platform's: one a kind of push, equal for everyone (N-77). */
export function snsPushSender(sns: SNSClient, nowMs: () => number): PushSender {
  return {
    async send(TargetArn, platform, data, collapseId) {
      const ttl = Math.max(1, data.exp - Math.floor(nowMs() / 1000));
      const { message, attributes } = envelopes[platform](data, ttl, collapseId);
      const MessageAttributes = Object.fromEntries(
        Object.entries({ ...attributes, TTL: String(ttl) }).map(([name, StringValue]) => [
          `AWS.SNS.MOBILE.${platform}.${name}`,
          { DataType: "String", StringValue },
        ]),
      );
      const Message = JSON.stringify({ default: "", ...message });
      try {
        await sns.send(new PublishCommand({ TargetArn, MessageStructure: "json", Message, MessageAttributes }));
        return "sent";
      } catch (error) {
        if (error instanceof NotFoundException || error instanceof EndpointDisabledException) return "gone";
        throw error;
      }
    },
  };
}

/** The texts live in the app, under these keys, in its languages. A push that clears another shows nothing: the app removes what has its id. */
const ALERT: Readonly<Record<PushKind, string | undefined>> = { r: "push_request", n: "push_look", c: undefined };

interface Envelope {
  readonly message: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
}

const envelopes: Record<"APNS" | "FCM", (data: PushData, ttl: number, collapseId: string) => Envelope> = {
  APNS: (data, _, COLLAPSE_ID) => {
    const alert = ALERT[data.t];
    const aps = alert === undefined ? { "content-available": 1 } : { alert: { "loc-key": alert }, sound: "default" };
    const payload = JSON.stringify({ aps, fpx: data });
    // Apple wants a background push to say so, and at priority 5.
    const how =
      alert === undefined ? { PUSH_TYPE: "background", PRIORITY: "5" } : { PUSH_TYPE: "alert", PRIORITY: "10" };
    return { message: { APNS: payload, APNS_SANDBOX: payload }, attributes: { ...how, COLLAPSE_ID } };
  },
  FCM: ({ v, id, t, exp }, ttl, collapse_key) => {
    const alert = ALERT[t];
    const shown = alert === undefined ? {} : { notification: { body_loc_key: alert, tag: collapse_key } };
    const android = { collapse_key, priority: t === "r" ? "HIGH" : "NORMAL", ttl: `${ttl}s`, ...shown };
    // SNS takes FCM's HTTP v1 message under the key GCM; data values are strings there.
    const message = { data: { v: String(v), id, t, exp: String(exp) }, android };
    return { message: { GCM: JSON.stringify({ fcmV1Message: { message } }) }, attributes: {} };
  },
};
