import { LogoRequest } from "../../protocol/logo.ts";
import type { Exchange } from "../exchange.ts";
import { keptLogo } from "../logo.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Registered } from "../party.ts";
import { authorizedParty } from "../party-token.ts";
import { parsed } from "../registration-metadata.ts";
import type { Store } from "../store.ts";
import { notFound, shown } from "./operator.ts";
import type { ResourceRequest } from "./request.ts";

/** Whom people see. */
const pictured: Readonly<Record<string, (as: Exchange) => Store<Registered>>> = {
  clients: (as) => as.records.clients as Store<Registered>,
  "resource-servers": (as) => as.records.resourceServers as Store<Registered>,
};

/** `PUT /operator/{kind}/{id}/logo`: what people see beside its name (UX-01). The operator looked at it; an address that a party names is never followed (N-80). */
export async function operatorSetLogo(as: Exchange, request: ResourceRequest, kind: string, id: string) {
  await authorizedParty(as, request, "operate");
  const { png } = parsed(LogoRequest, request.body);
  return changed(as, kind, id, async (party) => ({ ...party, logo: await keptLogo(as, png) }));
}

/** `DELETE /operator/{kind}/{id}/logo`. */
export async function operatorRemoveLogo(as: Exchange, request: ResourceRequest, kind: string, id: string) {
  await authorizedParty(as, request, "operate");
  return changed(as, kind, id, async ({ logo: _, ...party }) => party);
}

async function changed(as: Exchange, kind: string, id: string, change: (party: Registered) => Promise<Registered>) {
  const store = Object.hasOwn(pictured, kind) ? pictured[kind]?.(as) : undefined;
  const stored = await store?.find(id);
  if (store === undefined || stored === undefined) throw notFound(`${kind} ${id}`);
  const next = await change(stored.value);
  if ((await store.replace(id, stored, next)) === "conflict")
    throw new OAuthError("conflict", `${id} changed meanwhile`);
  return shown(next);
}
