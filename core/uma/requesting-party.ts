/** Who uses the Client (UMA Grant §1.1): a person of this exchange, or somebody an issuer the operator trusts speaks for. */
export interface RequestingParty {
  /** `person <id>`, or `<issuer> <sub>`: compared as a whole, never shown. */
  readonly id: string;
  /** As they, or their issuer, call them. */
  readonly name: string;
  /** How this exchange knows. */
  readonly by: "signed_in" | "claim_token" | "pct";
  readonly at: number;
}

/** The id of a requesting party who is a person of this exchange. */
export function personParty(personId: string): string {
  return `person ${personId}`;
}

/** Who that is here, if they are of this exchange. */
export function personOf({ id }: Pick<RequestingParty, "id">): string | undefined {
  return id.startsWith("person ") ? id.slice("person ".length) : undefined;
}
