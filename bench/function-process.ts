import { answering } from "./pinned.ts";

type Handler = (event: unknown, context: unknown) => Promise<{ readonly statusCode?: number } | undefined>;

interface Question {
  /** The bundle to import, in this environment. */
  readonly load?: { readonly bundle: string; readonly environment: Readonly<Record<string, string>> };
  readonly events?: readonly unknown[];
}

const CONCURRENCY = 10;
let handler: Handler | undefined;

/** One function in a process of its own, as Lambda would have it: imported once, then called. */
answering(async ({ load, events = [] }: Question) => {
  const began = performance.now();
  if (load !== undefined) {
    Object.assign(process.env, load.environment);
    handler = (await import(load.bundle)).handler;
    return { ms: performance.now() - began };
  }
  const queue = events.values();
  const statuses = new Set<number>();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (const event of queue) statuses.add((await handler?.(event, {}))?.statusCode ?? 200);
    }),
  );
  return { ms: performance.now() - began, statuses: [...statuses], rss: process.memoryUsage().rss };
});
