/** Where a Resource Server sends who comes without a token that would do. */
export interface UmaChallenge {
  /** The issuer of the exchange that protects the resource. */
  readonly as_uri: string;
  readonly ticket: string;
}

/** A name alone begins a challenge, a name with a value belongs to it (RFC 9110 §11.6.1). */
const WORD = /([!#$%&'*+.^_`|~\w-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+)))?/g;

/**
 * The UMA challenges of an answer, one for each exchange that protects the resource.
 *
 * @see UMA Grant §3.2.1
 */
export function umaChallenges({ status, headers }: Response): readonly UmaChallenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  for (const [, name = "", quoted, plain] of (headers.get("www-authenticate") ?? "").matchAll(WORD)) {
    const value = quoted?.replace(/\\(.)/g, "$1") ?? plain;
    if (value === undefined) challenges.push({ scheme: name.toLowerCase(), parameters: {} });
    else Object.assign(challenges.at(-1)?.parameters ?? {}, { [name.toLowerCase()]: value });
  }
  if (status !== 401) return [];
  return challenges.flatMap(({ scheme, parameters: { as_uri, ticket } }) =>
    scheme === "uma" && as_uri !== undefined && ticket !== undefined ? [{ as_uri, ticket }] : [],
  );
}
