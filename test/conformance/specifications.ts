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
];

/** A specification and, where a title names one, its section. */
export const REFERENCE =
  /(RFC \d{4}|CIBA Core|Grant Management|JARM|OIDC Core|OIDC Discovery|FAPI 2\.0(?: Message Signing)?|FAPI-CIBA|UMA FedAuthz|UMA Grant|WebAuthn)(?: (§[\d.]*\d))?/g;
