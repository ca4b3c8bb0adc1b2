/** What the page covers section by section; one of these without a passing test fails it. */
export const specifications: readonly string[] = [
  "RFC 6749",
  "RFC 7009",
  "RFC 7591",
  "RFC 7592",
  "RFC 7662",
  "RFC 8414",
  "RFC 8705",
  "RFC 8707",
  "RFC 9101",
  "RFC 9126",
  "RFC 9207",
  "RFC 9396",
  "RFC 9449",
  "RFC 9700",
  "RFC 9701",
  "CIBA Core",
  "FAPI 2.0",
  "FAPI-CIBA",
  "Grant Management",
  "UMA Grant",
  "UMA FedAuthz",
  "RFC 9728",
  "RFC 8417",
  "RFC 8935",
  "RFC 9493",
  "RFC 8030",
  "RFC 8291",
  "RFC 8292",
  "OIDC Core",
  "JARM",
];

const NAMES =
  "RFC \\d{4}|CIBA Core|Grant Management|JARM|OIDC Core|OIDC Discovery|FAPI 2\\.0(?: Message Signing)?|FAPI-CIBA|UMA FedAuthz|UMA Grant|WebAuthn";
const NAMED = new RegExp(`(${NAMES})(?: (§[\\d.]*\\d))?|(§[\\d.]*\\d)`, "g");
/** What may stand before a section that continues a list, or a title beneath the name of its specification; `design §2` does neither. */
const CONTINUES = /(?:^|[,:(–]|\band|\bto) ?$/;

export interface Reference {
  readonly name: string;
  readonly section: string | undefined;
}

/** Specifications and sections a title names. A section alone is of the specification named last, be that in what the title stands under. */
export function references(full: string): readonly Reference[] {
  const found: Reference[] = [];
  let last: string | undefined;
  for (const { 1: named, 2: section, 3: alone, index } of full.matchAll(NAMED)) {
    if (named !== undefined) last = named;
    else if (!CONTINUES.test(full.slice(0, index))) last = undefined;
    if (last !== undefined) found.push({ name: last, section: section ?? alone });
  }
  return found;
}
