/** RFC 7800 §3.1 `cnf`, what a token is bound to: the key of DPoP proofs (RFC 9449 §6.1) or a client certificate (RFC 8705 §3.1). Without one it is a bearer token. */
export type Confirmation = { readonly jkt: string } | { readonly "x5t#S256": string };

/** RFC 6749 §7.1: only a DPoP-bound token has a type of its own (RFC 9449 §5); a certificate-bound one is presented as Bearer (RFC 8705 §3). */
export type TokenType = "DPoP" | "Bearer";

export function tokenTypeOf(cnf: Confirmation | undefined): TokenType {
  return isKey(cnf) ? "DPoP" : "Bearer";
}

/** Whether two tokens are bound to the same, and to something. */
export function isSameConfirmation(one: Confirmation | undefined, other: Confirmation | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return isKey(one) ? isKey(other) && one.jkt === other.jkt : !isKey(other) && one["x5t#S256"] === other["x5t#S256"];
}

/** What a token says of itself, read strictly: one of the two, and a string. */
export function isConfirmation(cnf: unknown): cnf is Confirmation {
  const { jkt, "x5t#S256": thumbprint } = (cnf ?? {}) as { jkt?: unknown; "x5t#S256"?: unknown };
  return (typeof jkt === "string") !== (typeof thumbprint === "string");
}

function isKey(cnf: Confirmation | undefined): cnf is { readonly jkt: string } {
  return cnf !== undefined && "jkt" in cnf;
}
