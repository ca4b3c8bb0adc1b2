import * as v from "valibot";
import { ownNameTrouble } from "./own-name.ts";
import { handle, registrationResponse } from "./wallet-ceremonies.ts";

/** `GET /wallet/passkeys` → `{ passkeys: PasskeyView[] }`, oldest first. */
export interface PasskeyView {
  /** The credential id. */
  readonly id: string;
  /** As its person calls it, or as the app that made it describes itself. */
  readonly name?: string;
  readonly createdAt: number;
  /** To the hour. */
  readonly lastUsedAt?: number;
  /** Its provider keeps it on several devices. */
  readonly synced?: true;
  /** This session began with it. */
  readonly thisOne?: true;
}

/** What a person calls themselves, a passkey or a device of theirs. */
export const ownName = v.pipe(
  v.string(),
  v.minLength(1),
  v.check((name) => ownNameTrouble(name) === undefined, "no name that can be shown"),
);

/** `PUT /wallet/passkeys/{id}` and `PUT /wallet/devices/{id}` → 204. */
export const RenameRequest = v.strictObject({ name: ownName });

/** `POST /wallet/passkeys/options` takes a `Confirmation` of `add_passkey`; `POST /wallet/passkeys` → `{ passkeys }`. */
export const PasskeyRequest = v.strictObject({
  name: ownName,
  challenge: handle,
  response: registrationResponse,
});
