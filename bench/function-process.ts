import { answering } from "./pinned.ts";

type Handler = (event: unknown, context: unknown) => Promise<{ readonly statusCode?: number } | undefined>;

interface Question {
  /** The bundle to import, in this environment. */
  readonly load?: { readonly bundle: string; readonly environment: Readonly<Record<string, string>> };
  readonly event?: unknown;
}

let handler: Handler | undefined;

/** One function in a process of its own, as Lambda would have it: imported once, then called, with one event at a time in its memory. */
answering(async ({ load, event }: Question) => {
  const began = performance.now();
  if (load !== undefined) {
    Object.assign(process.env, load.environment);
    handler = (await import(load.bundle)).handler;
    return { ms: performance.now() - began };
  }
  const status = (await handler?.(event, {}))?.statusCode ?? 200;
  return { ms: performance.now() - began, status, rss: process.memoryUsage().rss };
});
