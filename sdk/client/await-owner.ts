import type { Exchange } from "../exchange.ts";
import { exchangeOf, knock } from "./knock.ts";
import { type Progress, progressed, type Submitted } from "./progress.ts";
import { Refusal } from "./refusal.ts";
import type { Presented } from "./ticket.ts";
import { isPassing } from "./wait.ts";

export interface Waiting extends Omit<Presented, "rpt"> {
  readonly signal?: AbortSignal;
  /** Told of each new ticket, to keep in place of the former one, which is spent. */
  readonly keep?: (submitted: Submitted) => unknown;
}

/** Seconds between two looks when an owner takes days. */
const LONGEST_PAUSE = 300;

/**
 * Waits for the owner's answer, days if need be: looks every `interval` at first, and ever more rarely. A ticket that was lost on the way is replaced by asking the
 * Resource Server again, which rings nobody's phone twice.
 *
 * @returns `granted`; `need_info` where a ticket was lost and nothing in `what` says who uses this Client
 * @throws {Refusal} outcome `declined`; the reason of `signal` when that aborts
 * @see UMA Grant §3.3.6 (`request_submitted`), §5.5
 */
export async function awaitOwner(
  exchanges: readonly Exchange[],
  submitted: Submitted,
  { signal, keep, ...what }: Waiting = {},
): Promise<Progress> {
  let current = submitted;
  for (;;) {
    await pause(current, signal);
    const next = (await looked(exchanges, current, what)) ?? (await askedAgain(exchanges, current, what));
    if (next !== undefined && next.state !== "request_submitted") return next;
    current = { ...current, ticket: next?.submitted.ticket, interval: next?.submitted.interval ?? current.interval };
    await keep?.(current);
  }
}

/** Nothing when the answer, and with it the next ticket, was lost: the same one twice would look like a thief's (§5.5). */
async function looked(
  exchanges: readonly Exchange[],
  { issuer, ticket, ...wanted }: Submitted,
  what: Presented,
): Promise<Progress | undefined> {
  const exchange = exchangeOf(exchanges, issuer);
  if (exchange === undefined) throw new Refusal("unknown_issuer", issuer);
  if (ticket === undefined) return undefined;
  return progressed(exchange, ticket, wanted, what).catch((failure: unknown) => {
    if (!passes(failure)) throw failure;
    return undefined;
  });
}

/** Nothing while the source, or the exchange, cannot be reached. */
async function askedAgain(
  exchanges: readonly Exchange[],
  { url, claims_redirect_uri }: Submitted,
  what: Presented,
): Promise<Progress | undefined> {
  const next = await knock(exchanges, { url, claims_redirect_uri, ...what }).catch((failure: unknown) => {
    if (!passes(failure)) throw failure;
    return undefined;
  });
  return next?.state === "answered" && !next.response.ok ? undefined : next;
}

/** A ticket that was spent or is over, or an exchange that is busy or out of reach. */
function passes(failure: unknown): boolean {
  return failure instanceof Refusal ? ["ended", "unavailable"].includes(failure.outcome) : isPassing(failure);
}

/** A twentieth of the time waited already, but `interval` at least. */
async function pause({ interval, since }: Submitted, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const waited = Date.now() / 1_000 - since;
  const seconds = Math.max(interval, Math.min(waited / 20, LONGEST_PAUSE));
  await new Promise<void>((over, aborted) => {
    const end = () => {
      clearTimeout(timer);
      aborted(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", end);
      over();
    }, seconds * 1_000);
    signal?.addEventListener("abort", end, { once: true });
  });
}
