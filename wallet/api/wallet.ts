import type { Opened } from "../../protocol/push.ts";
import type { QuietHours } from "../../protocol/settings.ts";
import type {
  ApproveRequest,
  ConsentView,
  DeviceRequest,
  Me,
  OneTimeCode,
  Onward,
  PushKey,
  RequestScreen,
  Session,
  WaitingRequest,
} from "../../protocol/wallet.ts";
import type { Activity } from "../../protocol/wallet-activity.ts";
import type { AskView, Elsewhere, MutedApp, NumberView, TakenAsk } from "../../protocol/wallet-asks.ts";
import type { CeremonyOptions, Confirmation } from "../../protocol/wallet-ceremonies.ts";
import type { ClaimsView, TakenClaims } from "../../protocol/wallet-claims.ts";
import type { WalletExport } from "../../protocol/wallet-export.ts";
import type { ConsentPage } from "../../protocol/wallet-life.ts";
import type { LinkApproveRequest, LinkScreen, Place, Source } from "../../protocol/wallet-sources.ts";
import { accountOver } from "./account.ts";
import type { Call } from "./call.ts";
import { recoveryOver } from "./recovery.ts";

/** How a phone is reached: what `POST /wallet/devices` takes. */
export interface Device {
  readonly platform: "APNS" | "FCM";
  readonly token: string;
}

/** The exchange as a person's app sees it: one name per row of `/wallet/…` in functions/routes.ts. */
export type Wallet = ReturnType<typeof walletOver>;

/** @see protocol/wallet.ts for every shape and status. */
export function walletOver(call: Call) {
  const at = (path: string, id: string, step = "") => `/wallet/${path}/${encodeURIComponent(id)}${step}`;
  const consentsOf = (of?: "now" | "before", after?: string) =>
    call<ConsentPage>("GET", `/wallet/consents${queryOf({ of, after })}`);
  const allOf = async (of?: "now" | "before") => {
    const { consents, next } = await consentsOf(of);
    const all = [...consents];
    for (let after = next; after !== undefined; ) {
      const page = await consentsOf(of, after);
      all.push(...page.consents);
      after = page.next;
    }
    return all;
  };
  return {
    accountOptions: (name: string) => call<CeremonyOptions>("POST", "/wallet/account/options", { name }),
    createAccount: (name: string, passkeyName: string, challenge: string, response: unknown) =>
      call<Session>("POST", "/wallet/account", { name, ...(passkeyName && { passkeyName }), challenge, response }),
    sessionOptions: () => call<CeremonyOptions>("POST", "/wallet/session/options"),
    signIn: (described: string, challenge: string, response: unknown) =>
      call<Session>("POST", "/wallet/session", { challenge, response, ...(described && { described }) }),
    signOut: () => call<void>("DELETE", "/wallet/session"),
    ...accountOver(call),
    ...recoveryOver(call),
    me: () => call<Me>("GET", "/wallet/me"),
    setWalletName: (walletName: string | null) => call<Me>("PUT", "/wallet/me/wallet-name", { walletName }),
    setUserCode: (userCode: string | null) => call<Me>("PUT", "/wallet/me/user-code", { userCode }),
    setReminders: (reminders: boolean) => call<Me>("PUT", "/wallet/me/reminders", { reminders }),
    setQuietHours: (quietHours: QuietHours | null) => call<Me>("PUT", "/wallet/me/quiet-hours", { quietHours }),
    registerDevice: (device: DeviceRequest) => call<void>("POST", "/wallet/devices", device),
    pushKey: async () => (await call<PushKey>("GET", "/wallet/devices/key")).applicationServerKey,
    notification: (id: string) => call<Opened>("GET", at("notifications", id)),
    oneTimeCode: (purpose: "app" | "source") => call<OneTimeCode>("POST", "/wallet/codes", { for: purpose }),
    sources: async () => (await call<{ sources: Source[] }>("GET", "/wallet/sources")).sources,
    ask: (handle: string) => call<AskView>("GET", at("asks", handle)),
    takeAsk: (handle: string) => call<TakenAsk>("POST", at("asks", handle)),
    elsewhere: (handle: string) => call<Elsewhere>("GET", at("elsewhere", handle)),
    number: (handle: string) => call<NumberView>("GET", at("numbers", handle)),
    muted: async () => (await call<{ muted: MutedApp[] }>("GET", "/wallet/muted")).muted,
    unmute: (id: string) => call<void>("DELETE", at("muted", id)),
    places: async () => (await call<{ places: Place[] }>("GET", "/wallet/places")).places,
    link: (id: string) => call<LinkScreen>("GET", at("links", id)),
    approveLink: (id: string, approval: LinkApproveRequest) =>
      call<Onward | undefined>("POST", at("links", id, "/approve"), approval),
    declineLink: (id: string) => call<Onward | undefined>("POST", at("links", id, "/decline")),
    claims: (handle: string) => call<ClaimsView>("GET", at("claims", handle)),
    giveClaims: (handle: string) => call<TakenClaims>("POST", at("claims", handle)),
    refuseClaims: (handle: string) => call<Onward>("POST", at("claims", handle, "/refuse")),
    unlinkSource: (id: string) => call<void>("POST", at("sources", id, "/unlink")),
    requests: async () => (await call<{ requests: WaitingRequest[] }>("GET", "/wallet/requests")).requests,
    request: (id: string) => call<RequestScreen>("GET", at("requests", id)),
    approve: (id: string, approval: ApproveRequest) =>
      call<ConsentView>("POST", at("requests", id, "/approve"), approval),
    decline: (id: string, notMe: boolean) =>
      call<Onward | undefined>("POST", at("requests", id, "/decline"), { notMe }),
    erase: (confirmation: Confirmation) => call<void>("POST", "/wallet/me/erase", confirmation),
    exported: () => call<WalletExport>("GET", "/wallet/export"),
    forgetConsent: (id: string) => call<void>("POST", at("consents", id, "/forget")),
    activity: () => call<Activity>("GET", "/wallet/activity"),
    /** Everything, page by page. */
    consents: () => allOf(),
    /** What stands. */
    connected: () => allOf("now"),
    /** What stands, and the newest of what does not. */
    lately: async () => [...(await allOf("now")), ...(await consentsOf("before")).consents],
    consent: (id: string) => call<ConsentView>("GET", at("consents", id)),
    withdraw: (id: string) => call<ConsentView>("POST", at("consents", id, "/withdraw")),
    pause: (id: string) => call<ConsentView>("POST", at("consents", id, "/pause")),
    resume: (id: string) => call<ConsentView>("POST", at("consents", id, "/resume")),
    keep: (id: string) => call<ConsentView>("POST", at("consents", id, "/keep")),
    shorten: (id: string, endsAt: number) => call<ConsentView>("POST", at("consents", id, "/shorten"), { endsAt }),
  };
}

function queryOf(members: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString();
  return query === "" ? "" : `?${query}`;
}
