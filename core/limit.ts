import { type Exchange, now } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";

/**
 * Counts a try, of which each window of the clock (seconds) has so many, whoever they come from.
 * @param description told instead of the constant sentence
 * @throws OAuthError too_many_requests, until the window is over
 */
export async function withinLimit(
  as: Pick<Exchange, "guards" | "nowMs">,
  of: string,
  { most, window, description }: { readonly most: number; readonly window: number; readonly description?: string },
): Promise<void> {
  const current = Math.floor(now(as) / window);
  const end = (current + 1) * window;
  if ((await as.guards.count(`LIMIT#${of} ${current}`, end)) <= most) return;
  throw new OAuthError("too_many_requests", `more than ${most} in ${window} s`, {
    ...(description !== undefined && { description }),
    headers: { "retry-after": String(end - now(as)) },
  });
}
