import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { Passkey } from "../../core/person.ts";
import type { KnownPasskey, WebAuthn } from "../../core/wallet/wallet.ts";

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "base64url"));
const text = (data: Uint8Array) => Buffer.from(data).toString("base64url");

/** Passkeys by SimpleWebAuthn. The expected origins come from the deployment alone; the RP id is the Wallet's host. */
export function simpleWebAuthn({
  walletName,
  walletOrigin,
  origins,
}: {
  walletName: string;
  walletOrigin: string;
  origins: readonly string[];
}): WebAuthn {
  const rpID = new URL(walletOrigin).hostname;
  const expected = { expectedOrigin: [...origins], expectedRPID: rpID, requireUserVerification: true };

  return {
    async registrationOptions(userId, name, known) {
      const options = await generateRegistrationOptions({
        rpName: walletName,
        rpID,
        userName: name,
        userID: new TextEncoder().encode(userId),
        attestationType: "none",
        excludeCredentials: known.map(described),
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
      });
      return { options: { ...options }, challenge: options.challenge };
    },
    async verifyRegistration(response, challenge) {
      const result = await unlessRefused(
        verifyRegistrationResponse({
          response: response as RegistrationResponseJSON,
          expectedChallenge: challenge,
          ...expected,
        }),
      );
      if (!result?.verified) return undefined;
      const { credential, credentialBackedUp: synced } = result.registrationInfo;
      const { id, publicKey, counter, transports = [] } = credential;
      return { id, publicKey: text(publicKey), counter, transports, synced };
    },
    async authenticationOptions(known = []) {
      const allowed = known.length === 0 ? {} : { allowCredentials: known.map(described) };
      const options = await generateAuthenticationOptions({ rpID, userVerification: "required", ...allowed });
      return { options: { ...options }, challenge: options.challenge };
    },
    async verifyAuthentication(response, challenge, id, { publicKey, counter }: Passkey) {
      const result = await unlessRefused(
        verifyAuthenticationResponse({
          response: response as AuthenticationResponseJSON,
          expectedChallenge: challenge,
          credential: { id, publicKey: bytes(publicKey), counter },
          ...expected,
        }),
      );
      return result?.verified ? { counter: result.authenticationInfo.newCounter } : undefined;
    },
  };
}

const described = ({ id, transports }: KnownPasskey) => ({
  id,
  transports: [...transports] as AuthenticatorTransport[],
});

/** The library throws for whatever does not verify; outside there is one refusal. */
async function unlessRefused<T>(verification: Promise<T>): Promise<T | undefined> {
  try {
    return await verification;
  } catch {
    return undefined;
  }
}
