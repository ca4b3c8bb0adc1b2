/** `GET /wallet/devices` → `{ devices: DeviceView[] }`, newest first: what rings for a person. No token, no address. */
export interface DeviceView {
  readonly id: string;
  readonly platform: "APNS" | "FCM" | "WEB";
  /** As its person calls it, or as the app on it describes itself. */
  readonly name?: string;
  readonly addedAt: number;
  /** When the app was last started there. */
  readonly seenAt: number;
  /** The last time it rang, and how its push service answered. */
  readonly rang?: { readonly at: number; readonly result: "delivered" | "refused" | "failed" };
  /** This session's own. */
  readonly thisOne?: true;
}
