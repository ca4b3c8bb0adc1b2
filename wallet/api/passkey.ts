import {
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
} from "@simplewebauthn/browser";
import type { CeremonyOptions } from "../../protocol/wallet-ceremonies.ts";

/** What can go wrong between a person and their passkey, before the exchange hears of it. */
export type PasskeyTrouble = "cancelled" | "unsupported" | "exists" | "failed";

export class PasskeyFailure extends Error {
  readonly trouble: PasskeyTrouble;
  constructor(trouble: PasskeyTrouble, cause: unknown) {
    super(trouble, { cause });
    this.name = "PasskeyFailure";
    this.trouble = trouble;
  }
}

type RegistrationOptions = Parameters<typeof startRegistration>[0]["optionsJSON"];
type AuthenticationOptions = Parameters<typeof startAuthentication>[0]["optionsJSON"];

/** Makes a passkey; the exchange's options as they came. */
export const makePasskey = ({ options }: CeremonyOptions) =>
  told(startRegistration({ optionsJSON: options as unknown as RegistrationOptions }));

/** Signs in with a passkey; the exchange's options as they came. */
export const showPasskey = ({ options }: CeremonyOptions) =>
  told(startAuthentication({ optionsJSON: options as unknown as AuthenticationOptions }));

/** Offers passkeys where the browser fills in names, without a press (WebAuthn §5.1.4, conditional mediation); undefined where it cannot, or once another ceremony takes its place. */
export async function filledInPasskey(offer: () => Promise<CeremonyOptions>) {
  if (!(await browserSupportsWebAuthnAutofill())) return undefined;
  const { options, challenge } = await offer();
  const optionsJSON = options as unknown as AuthenticationOptions;
  const response = await startAuthentication({ optionsJSON, useBrowserAutofill: true }).catch(() => undefined);
  return response && { challenge, response };
}

/** Ends what waits for a passkey. */
export const stopWaiting = () => WebAuthnAbortService.cancelCeremony();

/** Says to the browser that this passkey opens nothing any more, so that it is not offered (WebAuthn §5.1.10). */
export async function forgetPasskey(credentialId: string, rpId: string): Promise<void> {
  const credential = globalThis.PublicKeyCredential as (typeof PublicKeyCredential & Signalling) | undefined;
  await credential?.signalUnknownCredential?.({ rpId, credentialId }).catch(() => undefined);
}

interface Signalling {
  signalUnknownCredential?(unknown: { rpId: string; credentialId: string }): Promise<void>;
}

/** Signs a challenge of our own making: the hash of everything seen and chosen (protocol/approval.ts). The RP id is this page's host (WebAuthn §5.1.4.1); a native shell puts the Wallet's in its place. */
export const signWithPasskey = (challenge: string) =>
  told(startAuthentication({ optionsJSON: { challenge, userVerification: "required" } }));

async function told<T>(ceremony: Promise<T>): Promise<T> {
  return ceremony.catch((error: unknown) => {
    const possible = "PublicKeyCredential" in globalThis;
    throw new PasskeyFailure(possible ? troubleOf(error) : "unsupported", error);
  });
}

/** WebAuthn's exception names as troubles. "Cancelled", "timed out" and "none found" are one name to a page, on purpose of the standard. */
export function troubleOf(error: unknown): PasskeyTrouble {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "AbortError") return "cancelled";
  if (name === "InvalidStateError") return "exists";
  return name === "NotSupportedError" || name === "ConstraintError" ? "unsupported" : "failed";
}
