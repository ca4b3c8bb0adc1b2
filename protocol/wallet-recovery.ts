import * as v from "valibot";
import { handle, registrationResponse } from "./wallet-ceremonies.ts";
import { ownName } from "./wallet-passkeys.ts";

/** The way back for somebody who lost every passkey (docs/decisions/recovery.md). */

/** How it stands, for its person: in `Me`. */
export interface RecoveryStanding {
  /** There is a printed code. */
  readonly codeMadeAt?: number;
  /** There is none, and the person said "not now". */
  readonly declined?: true;
  /** Somebody showed the code: from `opensAt` until `endsAt` they may make a passkey, unless it is stopped. */
  readonly asked?: { readonly at: number; readonly opensAt: number; readonly endsAt: number };
}

/** `POST /wallet/me/recovery-code` takes a `Confirmation` of `recovery_code` → `RecoveryCode`, which is told once. `POST /wallet/me/recovery/decline`, `POST /wallet/me/recovery/stop` → `Me`. */
export interface RecoveryCode {
  /** 32 characters in eight groups; read without regard to case, dashes and spaces. */
  readonly code: string;
  readonly madeAt: number;
}

/** `POST /wallet/recovery` → `BegunRecovery`. 422 for whatever is no code in force, 429 after five tries in an hour. */
export const RecoveryRequest = v.strictObject({ code: v.pipe(v.string(), v.maxLength(100)) });

export interface BegunRecovery extends RecoveryWait {
  /** Kept in the browser that asked. */
  readonly recovery: string;
}

/** `GET /wallet/recovery/{id}`; 404 when it was stopped, replaced, used, or is over. */
export interface RecoveryWait {
  readonly opensAt: number;
  readonly endsAt: number;
}

/** `POST /wallet/recovery/{id}/options` → `CeremonyOptions` once it is open; `POST /wallet/recovery/{id}` → `Session`. */
export const RecoveredRequest = v.strictObject({
  name: v.optional(ownName),
  challenge: handle,
  response: registrationResponse,
});
