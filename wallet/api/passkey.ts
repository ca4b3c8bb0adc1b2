import { startAuthentication, startRegistration } from "@simplewebauthn/browser";
import type { CeremonyOptions } from "../../protocol/wallet.ts";

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

/** Signs a challenge of our own making: the hash of everything seen and chosen (protocol/approval.ts). */
export const signWithPasskey = (challenge: string, rpId: string) =>
  told(startAuthentication({ optionsJSON: { challenge, rpId, userVerification: "required" } }));

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
