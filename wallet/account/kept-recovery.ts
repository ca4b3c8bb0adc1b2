const KEPT = "fpx-recovery";

/** What this browser holds of a recovery it asked for: with it alone the account can be opened when the wait is over. */
export const keptRecovery = {
  read: (): string | undefined => local((storage) => storage.getItem(KEPT)) ?? undefined,
  keep: (recovery: string) => local((storage) => storage.setItem(KEPT, recovery)),
  forget: () => local((storage) => storage.removeItem(KEPT)),
};

/** A browser that keeps nothing begins anew. */
function local<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(localStorage);
  } catch {
    return undefined;
  }
}
