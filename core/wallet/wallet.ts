import type { Parameters } from "../../protocol/oauth.ts";
import type { DpopRequest } from "../dpop.ts";
import type { Exchange } from "../exchange.ts";
import type { Passkey } from "../person.ts";
import type { VapidKey } from "../web-push.ts";
import type { Language } from "./language.ts";

/** The exchange as the wallet surface needs it. */
export interface Wallet extends Exchange {
  readonly webAuthn: WebAuthn;
  readonly pushEndpoints: PushEndpoints;
  readonly vapidKey: Pick<VapidKey, "publicKey">;
}

/** WebAuthn Level 3 ceremonies; user verification is always required. Undefined for anything that does not verify. */
export interface WebAuthn {
  /** `known` are the person's already: no authenticator makes a second one (§5.4.3). */
  registrationOptions(userId: string, name: string, known: readonly KnownPasskey[]): Promise<Ceremony>;
  verifyRegistration(response: unknown, challenge: string): Promise<NewPasskey | undefined>;
  /** By one of these, or by whatever the authenticator knows. */
  authenticationOptions(known?: readonly KnownPasskey[]): Promise<Ceremony>;
  /** The passkey's new sign count. A count that went back does not verify (§6.1.1). */
  verifyAuthentication(
    response: unknown,
    challenge: string,
    id: string,
    passkey: Passkey,
  ): Promise<{ counter: number } | undefined>;
}

export interface Ceremony {
  readonly options: Record<string, unknown>;
  readonly challenge: string;
}

export type KnownPasskey = Pick<Passkey, "transports"> & { readonly id: string };
export type NewPasskey = Pick<Passkey, "publicKey" | "counter" | "transports" | "synced"> & { readonly id: string };

/** The platform endpoints of the push service. */
export interface PushEndpoints {
  /** The endpoint of a device token, enabled and with this token, whatever it was before (UX-56). */
  register(platform: "APNS" | "FCM", token: string): Promise<string>;
}

/** A request of the person's app. */
export interface WalletRequest extends DpopRequest {
  /** Of the web Wallet's cookie. */
  readonly cookie: string | undefined;
  /** Of Navigator: `DPoP <token>`. */
  readonly authorization: string | undefined;
  /** Of `Accept-Language`: what is registered in several languages is answered in this one. */
  readonly language: Language;
  /** Of the address. */
  readonly query: Parameters;
  readonly body: unknown;
}
