import type { Exchange } from "../exchange.ts";
import { isOf, type Progress, progressed, type UmaAgreement, type Wanted } from "./progress.ts";
import { Refusal } from "./refusal.ts";
import { type Source, sources } from "./source.ts";
import type { Presented } from "./ticket.ts";
import { umaChallenges } from "./uma-challenge.ts";

export interface Knock extends Wanted, Omit<Presented, "rpt"> {
  /** What an owner at this Resource Server agreed to before: used first, and upgraded where it is not enough. */
  readonly agreement?: UmaAgreement | undefined;
}

/**
 * Asks for a protected resource of which nothing is known but its URL. Its Resource Server says where a token is to be had; only an exchange of ours is asked.
 *
 * @param exchanges where this Client is registered
 * @throws {Refusal} outcome `declined`; code `unknown_issuer` when none of our exchanges protects it; code `need_info` where nothing tells who uses this Client
 * @see UMA Grant §3.1 to §3.5
 */
export async function knock(exchanges: readonly Exchange[], asked: Knock): Promise<Progress> {
  const { url, claims_redirect_uri, agreement, ...what } = asked;
  const held = agreement && (await withAgreement(exchanges, url, agreement));
  const response = held?.response ?? (await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(10_000) }));
  const challenges = umaChallenges(response);
  if (challenges.length === 0) return held ?? { state: "answered", response };
  await response.body?.cancel();

  for (const { as_uri, ticket } of challenges) {
    const exchange = exchangeOf(exchanges, as_uri);
    if (exchange !== undefined)
      return progressed(exchange, ticket, { url, claims_redirect_uri }, { ...what, rpt: agreement?.rpt });
  }
  throw new Refusal("unknown_issuer", `protected by ${challenges.map(({ as_uri }) => as_uri).join(", ")}`);
}

/** A ticket is shown to nobody but an exchange we know (UMA Grant §5.2). */
export function exchangeOf(exchanges: readonly Exchange[], issuer: string): Exchange | undefined {
  return exchanges.find((exchange) => exchange.serverMetadata().issuer === issuer);
}

/** Nothing where that agreement is over, or was of another source. */
async function withAgreement(
  exchanges: readonly Exchange[],
  url: string,
  agreement: UmaAgreement,
): Promise<(Progress & { state: "granted" }) | undefined> {
  const exchange = exchangeOf(exchanges, agreement.issuer);
  const source: Source | undefined =
    exchange && sources(exchange, agreement).find(({ resource }) => isOf(resource, url));
  if (source === undefined) return undefined;
  try {
    return { state: "granted", agreement, source, response: await source.fetch(url) };
  } catch (failure) {
    if (failure instanceof Refusal && failure.outcome === "ended") return undefined;
    throw failure;
  }
}
