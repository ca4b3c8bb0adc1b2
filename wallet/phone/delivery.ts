import { PUSH_KINDS, type PushData, type PushKind } from "../../protocol/push.ts";

/** What a phone makes of a delivered message: what it may open, and until when it is of use. */
export interface Notification {
  readonly messageId: string;
  readonly t: PushKind;
  readonly id: string;
  readonly expiresAt: number;
  readonly at: number;
}

/** A delivery as the phone's notification page hears it: the FCM message SNS sent, its data all strings. */
interface Delivery {
  readonly messageId: string;
  readonly platform: "FCM" | "APNS";
  readonly payload: {
    readonly fcmV1Message?: {
      readonly message: { readonly data: Readonly<Partial<Record<keyof PushData, string>>> };
    };
  };
}

/** A delivery as a notification, or undefined for what is none of ours or of no use any more. */
export function notificationOf(delivery: string, now: number): Notification | undefined {
  const { messageId, payload } = JSON.parse(delivery) as Delivery;
  const { v, id, t, exp } = payload.fcmV1Message?.message.data ?? {};
  const kind = PUSH_KINDS.find((known) => known === t);
  const expiresAt = Number(exp);
  if (v !== "1" || kind === undefined || id === undefined || !(expiresAt > now)) return undefined;
  return { messageId, t: kind, id, expiresAt, at: now };
}

/** The list after one more, newest first: it replaces what has its id (UX-52), or clears it (UX-60); the same message again changes nothing. */
export function withDelivered(list: readonly Notification[], next: Notification): readonly Notification[] {
  if (list.some(({ messageId }) => messageId === next.messageId)) return list;
  const others = list.filter(({ id }) => id !== next.id);
  return next.t === "c" ? others : [next, ...others];
}
