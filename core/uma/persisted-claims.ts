import { type Exchange, now } from "../exchange.ts";
import { handleKind, newHandle, openHandle, sameHash } from "../handles.ts";
import { randomId } from "../random.ts";
import type { Kind } from "../store.ts";
import type { RequestingParty } from "./requesting-party.ts";

/** What a persisted claims token stands for (UMA Grant §3.3.5): who a requesting party is, for one Client alone (§5.2, N-68). */
export interface PersistedClaims {
  readonly clientId: string;
  readonly requestingParty: Pick<RequestingParty, "id" | "name">;
  /** SHA-256 of the secret of the token in force. */
  readonly hash: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** UMA Grant §5.2: claims grow old. */
export const CLAIMS_LIFE = 7_776_000;

export const persistedClaimsKind: Kind<PersistedClaims> = {
  name: "persisted-claims",
  key: (id) => ({ pk: `PCT#${id}`, sk: "PCT" }),
  index: ({ expiresAt }) => ({ deleteAt: expiresAt + 86_400 }),
};

/** A new persisted claims token (UMA Grant §3.3.5): tells nothing to who holds it, opens nothing to another Client. */
export async function persisted(
  as: Pick<Exchange, "records" | "region" | "sealingKeys" | "nowMs">,
  clientId: string,
  { id, name }: RequestingParty,
): Promise<string> {
  const pct = randomId();
  const { handle, hash } = await newHandle(as, handleKind.persistedClaims, pct, now(as));
  const [createdAt, expiresAt] = [now(as), now(as) + CLAIMS_LIFE];
  await as.records.persistedClaims.insert(pct, { clientId, requestingParty: { id, name }, hash, createdAt, expiresAt });
  return handle;
}

/** UMA Grant §3.7: a Client's own persisted claims token is forgotten; false for anything that is none. */
export async function forgotten(
  as: Pick<Exchange, "records" | "region" | "sealingKeys">,
  token: string,
  clientId: string,
): Promise<boolean> {
  const handle = await openHandle(as, handleKind.persistedClaims, token);
  const stored = handle && (await as.records.persistedClaims.find(handle.id));
  if (handle === undefined || stored === undefined) return false;
  if (stored.value.clientId === clientId && sameHash(stored.value.hash, handle.hash))
    await as.records.persistedClaims.remove(handle.id, stored);
  return true;
}
