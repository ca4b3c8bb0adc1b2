import * as v from "valibot";

/** What passkey ceremonies send and get. */

export const handle = v.pipe(v.string(), v.minLength(1), v.maxLength(600));
const base64url = v.pipe(v.string(), v.maxLength(8_000), v.regex(/^[\w-]*$/));
/** WebAuthn §4: a credential id has at most 1023 bytes. */
const credentialId = v.pipe(v.string(), v.maxLength(1_364), v.regex(/^[\w-]*$/));

/** WebAuthn's RegistrationResponseJSON and AuthenticationResponseJSON as far as the edge checks them; the WebAuthn library does the rest. */
export const registrationResponse = v.looseObject({
  id: credentialId,
  rawId: credentialId,
  type: v.literal("public-key"),
  response: v.looseObject({ clientDataJSON: base64url, attestationObject: base64url }),
  clientExtensionResults: v.looseObject({}),
});
export const authenticationResponse = v.looseObject({
  id: credentialId,
  rawId: credentialId,
  type: v.literal("public-key"),
  response: v.looseObject({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
  clientExtensionResults: v.looseObject({}),
});

/** `options` go to `startRegistration`/`startAuthentication` as `optionsJSON`; `challenge` comes back with the response, once, within 5 minutes. */
export interface CeremonyOptions {
  readonly options: Record<string, unknown>;
  readonly challenge: string;
}

/** What a person confirms with a passkey right before it is done; a session is not enough. */
const CONFIRMED = ["add_passkey", "remove_passkey", "recovery_code", "erase_account"] as const;
export type ConfirmedAct = (typeof CONFIRMED)[number];

/** `POST /wallet/confirm/options` → `CeremonyOptions` for this act alone; `about` is the id of what it is done to. */
export const ConfirmRequest = v.strictObject({ act: v.picklist(CONFIRMED), about: v.optional(credentialId, "") });

/** The answer to it, in the body of the act. */
export const Confirmation = v.strictObject({ challenge: handle, response: authenticationResponse });
export type Confirmation = v.InferOutput<typeof Confirmation>;
