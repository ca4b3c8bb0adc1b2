import { sha256 } from "../protocol/canonical-json.ts";
import { bytesOf, type Pictured } from "../protocol/logo.ts";
import type { Evidence } from "./evidence.ts";
import type { Exchange } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Kind } from "./store.ts";

/** A picture as base64, under the hash of its bytes: whatever a notice names can be seen again. */
export const logoKind: Kind<Evidence> = {
  name: "logo",
  key: (hash) => ({ pk: `LOGO#${hash}`, sk: "LOGO" }),
  index: () => ({}),
};

/** @returns the hash it is found under, from now on */
export async function keptLogo(as: Pick<Exchange, "records">, png: string): Promise<string> {
  const hash = await sha256(bytesOf(png));
  await as.records.logos.insert(hash, { content: png });
  return hash;
}

/**
 * `GET /wallet/logos/{id}`: for everybody, since it says nothing of anybody.
 * @returns a PNG as base64
 * @throws OAuthError not_found
 */
export async function showLogo(as: Pick<Exchange, "records">, hash: string): Promise<string> {
  const stored = /^[\w-]{43}$/.test(hash) ? await as.records.logos.find(hash) : undefined;
  if (stored === undefined) throw new OAuthError("not_found", "no such logo");
  return stored.value.content;
}

/** As the views of the Wallet name it. */
export function pictured(party: Pictured | undefined): Pictured {
  return party?.logo === undefined ? {} : { logo: party.logo };
}
