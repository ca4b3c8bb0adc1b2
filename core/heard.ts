import type { Consent } from "./consent.ts";
import type { Link } from "./link.ts";

/** A Client or a source acknowledged that the consent ended; undefined when that stands already. */
export function endHeard(consent: Consent, party: string, at: number): Consent | undefined {
  if (party === consent.clientId) return consent.heardAt === undefined ? { ...consent, heardAt: at } : undefined;
  const sources = marked(consent.sources, ({ resourceServerId }) => resourceServerId === party, at);
  return sources && { ...consent, sources };
}

/** A source that a change left out acknowledged it; undefined when that stands already. */
export function leftHeard(consent: Consent, handle: string, at: number): Consent | undefined {
  const left = marked(consent.left ?? [], (source) => source.handle === handle, at);
  return left && { ...consent, left };
}

function marked<T extends { readonly heardAt?: number }>(
  all: readonly T[],
  isIt: (one: T) => boolean,
  at: number,
): readonly T[] | undefined {
  const news = (one: T) => isIt(one) && one.heardAt === undefined;
  return all.some(news) ? all.map((one) => (news(one) ? { ...one, heardAt: at } : one)) : undefined;
}

/** A source acknowledged that it is none any more; undefined when that stands already, or it was linked again. */
export function unlinkedHeard(link: Link, generation: number, at: number): Link | undefined {
  const stands = link.state === "unlinked" && link.generation === generation && link.heardAt === undefined;
  return stands ? { ...link, heardAt: at } : undefined;
}
