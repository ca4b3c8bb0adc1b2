import { OAuthError } from "./oauth-error.ts";
import type { Store } from "./store.ts";

/** Each conflict is somebody else's step that got through; so many in a row is a storm. */
const ATTEMPTS = 20;

/**
 * Removes a record that others may change meanwhile, as long as `may`, where there is one, says so of what stands.
 * @throws OAuthError temporarily_unavailable in a storm of other writers
 */
export async function removed<T>(store: Store<T>, id: string, may: (value: T) => boolean = () => true): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const stored = await store.find(id);
    if (stored === undefined || !may(stored.value) || (await store.remove(id, stored)) === "removed") return;
  }
  throw keptChanging("the record");
}

/**
 * A step that must get through whatever else changes the record meanwhile: `change` sees what stands now (undefined if nothing does) and says what shall, or
 * undefined when there is nothing to write. It is asked again after every conflict, and may throw its refusal.
 * @returns what stands afterwards
 * @throws OAuthError temporarily_unavailable in a storm of other writers; never silently
 */
export async function rewritten<T>(
  store: Store<T>,
  id: string,
  change: (value: T | undefined) => T | undefined,
): Promise<T | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const stored = await store.find(id);
    const next = change(stored?.value);
    if (stored === undefined || next === undefined) return stored?.value;
    if ((await store.replace(id, stored, next)) === "replaced") return next;
  }
  throw keptChanging("the record");
}

/** A storm of other writers: to be tried again in a moment. */
export const keptChanging = (what: string) =>
  new OAuthError("temporarily_unavailable", `${what} kept changing`, { headers: { "retry-after": "1" } });
