/** Loads once per environment; a failed load is forgotten, so that the next caller tries again. */
export function onceLoaded<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((error) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}

/** Loads again once what was loaded is older than this; a failed load is forgotten. */
export function reloaded<T>(load: () => Promise<T>, maxAgeMs: number, nowMs: () => number): () => Promise<T> {
  let loadedAt = 0;
  let current = onceLoaded(load);
  return () => {
    const age = nowMs() - loadedAt;
    if (age >= maxAgeMs || age < 0) {
      loadedAt = nowMs();
      current = onceLoaded(load);
    }
    return current();
  };
}
