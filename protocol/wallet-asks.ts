import type { Pictured } from "./logo.ts";
import type { RequestContext } from "./request-context.ts";

/** The wallet surface where a flow of the redirect door arrives: in the browser it began in, or on another device. */

/** `GET /wallet/asks/{id}`, without a session: who asks through the redirect door. 404: none; 410 `late`, `used` (answered) or `gone` (the app may not ask). */
export interface AskView {
  readonly client: string;
  /** Whether the handle is of the browser the flow began in, or of the link that one shows. */
  readonly from: "here" | "elsewhere";
  readonly startedAt: number;
  readonly expiresAt: number;
  /** Where this browser, in which the flow began, goes if the person's Wallet is on another device; not behind that device's link, and not to connect a source, which a code does there. */
  readonly elsewhereAt?: string;
}

/** `GET /wallet/elsewhere/{id}`, without a session: the page that waits while the person answers on another device. `link` opens the flow there; `number` is to be typed there. */
export type Elsewhere =
  | {
      readonly state: "waiting";
      readonly link: string;
      readonly number: string;
      readonly startedAt: number;
      readonly expiresAt: number;
    }
  | { readonly state: "answered"; readonly continueAt: string }
  | { readonly state: "over" };

/** UX-01: who asks, and whose word it is that this is their name: the operator's who entered it, another's (`vouchedBy`, a host), or its own. */
export interface AskingClient extends Pictured {
  readonly name: string;
  readonly uri?: string;
  readonly registeredAt: number;
  readonly namedBy: "operator" | "statement" | "itself";
  readonly vouchedBy?: string;
}

/** UX-37: when the app asked, by the exchange's clock. `elsewhere`: in a browser that shows a number and waits; whoever does not see that screen must decline (UX-39). */
export interface Began extends RequestContext {
  readonly at: number;
  readonly elsewhere?: true;
}

/** `GET /wallet/numbers/{id}`: the request whose number another screen shows, and the number, by the link beside it. 404: none of yours; 410: answered or late. */
export interface NumberView {
  readonly id: string;
  readonly number: string;
}

/** `POST /wallet/asks/{handle}` (no body): what to answer, a request under `/wallet/requests` or `/wallet/links`. A flow that began in this browser, or whose link another one shows, asks whoever is signed in here. 410: `late`, `used`, `gone`, `muted` by the person themselves, or `taken` by another person or device. */
export interface TakenAsk {
  readonly id: string;
  /** An app asks for data, or a place that holds some asks to become a source. */
  readonly asks: "data" | "link";
}

/** `GET /wallet/muted` → `{ muted: MutedApp[] }`; `DELETE /wallet/muted/{id}` → 204: it may ask again. `not_me`: you said "I did not start this" (UX-10); `declines`: you said no three times, so it cannot ask by itself, and can with a code of yours (UX-36). */
export interface MutedApp {
  readonly id: string;
  readonly client: string;
  readonly until: number;
  readonly because: "not_me" | "declines";
}
