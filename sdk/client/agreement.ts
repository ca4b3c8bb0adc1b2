import type { GrantedDetail } from "../../protocol/oauth.ts";

/** What to keep of an approval, as secret as a password: `sources` makes tokens of it for as long as the consent stands. */
export interface Agreement {
  readonly refresh_token: string;
  /** What the person granted: one element per kind and source, `locations` names the source. */
  readonly authorization_details: readonly GrantedDetail[];
  /** The person, by the name the exchange uses toward this Client alone. */
  readonly sub: string;
}
