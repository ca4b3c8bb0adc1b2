import { PUSH_KINDS, type PushData } from "../../protocol/push.ts";
import { toPush } from "../app/addresses.ts";
import { hashOfLink } from "../elsewhere/link.ts";

/** What opens the app from outside: a link (App Link, Universal Link), or a tapped notification with its data. */
export type Opening = { readonly link: string } | { readonly push: unknown };

/** The screen it leads to: of a link its path at the Wallet's own host, of a push what its kind says. Anything else leads nowhere (N-78); whose it is, the exchange knows. */
export function hashOfOpening(opening: Opening, walletOrigin: string): string | undefined {
  if ("link" in opening) return hashOfLink(opening.link, walletOrigin);
  const push = pushIn(opening.push);
  return push === undefined ? undefined : toPush(push);
}

/** Our data in a delivered notification: FCM has it as it is, all strings; APNs beneath `fpx` (adapters/sns/push-sender.ts). */
export function pushIn(data: unknown): Pick<PushData, "t" | "id"> | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { v, t, id } = (("fpx" in data ? data.fpx : data) ?? {}) as Partial<Record<keyof PushData, unknown>>;
  const kind = PUSH_KINDS.find((known) => known === t);
  return String(v) === "1" && kind !== undefined && typeof id === "string" ? { t: kind, id } : undefined;
}
