import type { ConsentView, Me, Notice } from "./wallet.ts";
import type { ActivityEntry } from "./wallet-activity.ts";
import type { DeviceView } from "./wallet-devices.ts";
import type { PasskeyView } from "./wallet-passkeys.ts";
import type { Source } from "./wallet-sources.ts";

/** `GET /wallet/export` (UX-20): everything the exchange can show of you, in words of your language; times are seconds since the epoch. No key, token or data value is in it. */
export interface WalletExport {
  /** What follows has this shape; another shape has another name. */
  readonly schema: "fpx-wallet-export-1";
  readonly exchange: string;
  readonly exportedAt: number;
  readonly account: Me & { readonly createdAt: number };
  readonly passkeys: readonly Omit<PasskeyView, "id" | "thisOne">[];
  readonly devices: readonly Omit<DeviceView, "id" | "thisOne">[];
  readonly sources: readonly Source[];
  /** Newest first, those that were declined or ended, too. */
  readonly consents: readonly ExportedConsent[];
  readonly activity: readonly ActivityEntry[];
}

export interface ExportedConsent extends ConsentView {
  /** What was on the screen each time you said yes, word for word, newest first. */
  readonly shown: readonly { readonly at: number; readonly notice: Notice }[];
}
