import * as v from "valibot";
import type { Pictured } from "./logo.ts";
import type { QuietHours } from "./settings.ts";
import type { AskingClient, Began } from "./wallet-asks.ts";
import { authenticationResponse, handle, registrationResponse } from "./wallet-ceremonies.ts";
import type { AlreadyShared, ConsentLife } from "./wallet-life.ts";
import { ownName } from "./wallet-passkeys.ts";
import type { RecoveryStanding } from "./wallet-recovery.ts";
import type { ToldParty } from "./wallet-told.ts";
import type { Used } from "./wallet-uses.ts";

/** The wallet surface (`/wallet/…`): what the person's app sends and gets. All JSON; times are seconds since the epoch. */

/** `POST /wallet/account/options` → `CeremonyOptions`. */
export const AccountOptionsRequest = v.strictObject({ name: ownName });
/** `POST /wallet/account` → `Session`. */
export const AccountRequest = v.strictObject({
  name: ownName,
  /** What to call the passkey. */
  passkeyName: v.optional(ownName),
  challenge: handle,
  response: registrationResponse,
});
/** `POST /wallet/session` → `Session`. */
export const SessionRequest = v.strictObject({
  challenge: handle,
  response: authenticationResponse,
  /** What the app calls its device: `Firefox, Windows`. */
  described: v.optional(ownName),
});

/** On the web the session is a cookie. With a DPoP proof on the request (Navigator) it is `token`, presented as `Authorization: DPoP …` with a proof for each call. */
export interface Session {
  readonly person: Me;
  readonly expiresAt: number;
  readonly token?: string;
}

/** `GET /wallet/me`. */
export interface Me {
  readonly name: string;
  /** The Wallet name apps may use as `login_hint`; absent while switched off. */
  readonly walletName?: string;
  /** Whether a code of yours must come with your Wallet name. */
  readonly hasUserCode?: true;
  readonly quietHours?: QuietHours;
  readonly recovery?: RecoveryStanding;
  /** Switched off: nobody reminds the person of what they share. */
  readonly noReminders?: true;
}

/** A browser's PushSubscription (Push API §8): where its push service takes messages, and what they are encrypted to (RFC 8291 §2.1). */
export const WebPushSubscription = v.strictObject({
  endpoint: v.pipe(v.string(), v.maxLength(1_024), v.url()),
  keys: v.strictObject({
    p256dh: v.pipe(v.string(), v.regex(/^B[\w-]{86}$/)),
    auth: v.pipe(v.string(), v.regex(/^[\w-]{22}$/)),
  }),
});
export type WebPushSubscription = v.InferOutput<typeof WebPushSubscription>;

/** What the app there calls its device, in words a person knows: `Firefox, Windows`. */
const described = v.optional(ownName);

/** `POST /wallet/devices` → 204, at every start of Navigator (UX-55) and of a Wallet that rings (UX-53). The token or subscription belongs to one person. */
export const DeviceRequest = v.variant("platform", [
  v.strictObject({
    platform: v.picklist(["APNS", "FCM"]),
    token: v.pipe(v.string(), v.minLength(8), v.maxLength(4_096), v.regex(/^[\x21-\x7e]+$/)),
    described,
  }),
  v.strictObject({ platform: v.literal("WEB"), subscription: WebPushSubscription, described }),
]);
export type DeviceRequest = v.InferOutput<typeof DeviceRequest>;

/** `GET /wallet/devices/key`: what a browser subscribes with, so that only this exchange can push to it (RFC 8292 §4). */
export interface PushKey {
  /** P-256, uncompressed, base64url. */
  readonly applicationServerKey: string;
}

/** `POST /wallet/codes` → `OneTimeCode`. `app`: to type into an app that asks for you the first time (`login_hint`); `source`: to type on the page of a place that holds your data. */
export const CodeRequest = v.strictObject({ for: v.picklist(["app", "source"]) });
export interface OneTimeCode {
  /** 8 characters in two groups, `K7QF-2M9P`; read without regard to case and dash. */
  readonly code: string;
  readonly expiresAt: number;
}

/** `GET /wallet/requests` → `{ requests: WaitingRequest[] }`, newest first. */
export interface WaitingRequest extends Pictured {
  readonly id: string;
  readonly client: string;
  /** The app asks who it is and for no data: no titles. */
  readonly signIn?: true;
  readonly titles: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** `GET /wallet/requests/{id}`; `id` may also be the id of a push. 404 for anything not yours, 410 with a `ClosedRequest` when answered or expired. */
export interface RequestScreen {
  readonly id: string;
  readonly revision: number;
  /** Sealed, 5 minutes; for a fresh one fetch the screen again. */
  readonly nonce: string;
  readonly createdAt: number;
  /** The hard end told to the Client. */
  readonly expiresAt: number;
  /** Where the person types the two digits their other screen shows, submitted as `number` (UX-32): wrong ones until the request ends. */
  readonly missesLeft?: number;
  readonly notice: Notice;
  readonly noticeHash: string;
}

/** Everything the person is shown, rebuilt from registered data (UX-01, UX-07). Its RFC 8785 hash is what the passkey signs. */
export interface Notice {
  /** What it is written in, of the languages `Accept-Language` asked for: `fr`. Submitted and signed with the answer. */
  readonly language: string;
  readonly client: AskingClient;
  /** What the app shows on its own screen to recognise this request by; from the Client, "they say". */
  readonly bindingMessage?: string;
  /** Of the ticket door: who will see it in the app, as they or their issuer call them, and since when the exchange knows. */
  readonly requestingParty?: { readonly you: boolean; readonly name: string; readonly at: number };
  /** Of what began on another screen: when, and where (UX-37). */
  readonly began?: Began;
  /** The app asks who it is and for no data: nothing is asked, and there is one end. */
  readonly signIn?: true;
  readonly asked: readonly AskedKind[];
  /** At most three, shortest first (UX-05); `proposed` is the index of the Client's wish. Without a `duration` it is the end that is in force now. */
  readonly durations: readonly { readonly duration?: string; readonly endsAt: number }[];
  readonly proposed: number;
  /** Of a change to what the person allowed this app before (UX-08). */
  readonly change?: ProposedChange;
  readonly already?: readonly AlreadyShared[];
}

export interface ProposedChange {
  /** `merge` adds to what is in force, `replace` takes its place. */
  readonly action: "merge" | "replace";
  /** When what is in force was allowed, and until when it is. */
  readonly decidedAt: number;
  readonly endsAt: number;
  /** Kinds in force that are not among those asked: they stay with `merge`, and end with `replace`. */
  readonly others: readonly KindView[];
}

export interface AskedKind {
  readonly title: string;
  readonly description: string;
  readonly sensitivity: "ordinary" | "health" | "financial" | "identity";
  /** Sensitive, and asked with others: it needs a yes of its own on the screen (UX-09). */
  readonly explicit?: true;
  readonly purpose: string;
  /** Of the ticket door: these alone, as their source names them. */
  readonly resources?: readonly string[];
  readonly actions: readonly {
    readonly action: string;
    readonly text: string;
    readonly required: boolean;
    readonly reason?: string;
  }[];
  readonly sources: readonly SourceChoice[];
  /** Of a change: what of this kind is in force now. Without it the kind is new. */
  readonly before?: {
    readonly actions: readonly { readonly action: string; readonly text: string }[];
    /** Ids of the sources it comes from now, as far as they are still linked. */
    readonly sources: readonly string[];
  };
}

export interface SourceChoice {
  readonly id: string;
  readonly name: string;
  readonly linkedAt: number;
  readonly usable: boolean;
  /** Why not usable: it holds nothing of this kind, does not offer a required action, or the app asked for others only; you disconnected it, or the operator stopped it. */
  readonly reason?: "holds_none" | "lacks_action" | "not_asked" | "disconnected" | "suspended";
}

/** `POST /wallet/requests/{id}/approve` → `ConsentView`. 409: the screen changed, fetch it again; 410: too late; 422: not what was asked, or the wrong number, of which the description tells the tries left. */
export const ApproveRequest = v.strictObject({
  revision: v.pipe(v.number(), v.integer()),
  nonce: handle,
  actions: v.pipe(v.array(v.pipe(v.array(v.string()), v.maxLength(20))), v.maxLength(10)),
  sources: v.pipe(v.array(v.pipe(v.array(v.string()), v.maxLength(10))), v.maxLength(10)),
  endsAt: v.pipe(v.number(), v.integer()),
  number: v.optional(v.pipe(v.string(), v.regex(/^\d{2}$/))),
  notice: v.pipe(v.string(), v.length(43)),
  language: v.pipe(v.string(), v.regex(/^[a-z]{2}$/)),
  response: authenticationResponse,
});
export type ApproveRequest = v.InferOutput<typeof ApproveRequest>;

/** Where the browser goes now, when the request came through the redirect door. */
export interface Onward {
  readonly continueAt?: string;
}

/** `POST /wallet/requests/{id}/decline` → 204, or `Onward`. `notMe`: "I did not start this" — silence toward the app, which is blocked for a day (UX-10). */
export const DeclineRequest = v.strictObject({ notMe: v.optional(v.boolean(), false) });

/** `GET /wallet/consents` → a `ConsentPage`; `GET /wallet/consents/{id}`; `POST /wallet/consents/{id}/withdraw`, `/pause`, `/resume`, `/keep` (no body) → `ConsentView`. */
export interface ConsentView extends Onward, ConsentLife, Used, Pictured {
  readonly id: string;
  readonly client: string;
  /** `requested` consents are under `/wallet/requests`. */
  readonly state: "active" | "paused" | "ended" | "declined";
  readonly endedBy?:
    | "withdrawn"
    | "released"
    | "expired"
    | "lapsed"
    | "declined"
    | "not_me"
    | "unanswered"
    | "wrong_number";
  /** In force, but the app has given its tokens back: nothing goes to it unless it asks anew. */
  readonly notInUse?: true;
  /** The person signed in with the Wallet: no kinds. */
  readonly signIn?: true;
  readonly kinds: readonly KindView[];
  readonly createdAt: number;
  readonly decidedAt?: number;
  readonly endsAt?: number;
  readonly endedAt?: number;
  /** Who has to hear of it: that it ended, or, of one in force, that a change left them out. */
  readonly told?: readonly ToldParty[];
}

/** One kind of data of a consent, in words. */
export interface KindView {
  readonly title: string;
  readonly actions: readonly string[];
  readonly purpose: string;
  readonly sources: readonly string[];
  /** Those of them that you disconnected since: their part has ended. */
  readonly disconnected?: readonly string[];
}

/** Every refusal of this surface. */
export interface WalletError {
  readonly error: string;
  readonly error_description: string;
}
