import type { Exchange } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Registered, Status } from "../party.ts";
import { authorizedParty } from "../party-token.ts";
import { outsideFapi } from "../registration.ts";
import { invalid } from "../registration-metadata.ts";
import { type KindOfThing, operatorKinds } from "./operator-kinds.ts";
import type { ResourceRequest } from "./request.ts";

/** `POST /operator/{kind}`. */
export async function operatorAdd(as: Exchange, request: ResourceRequest, kind: string) {
  await authorizedParty(as, request, "operate");
  if (request.body === undefined) throw invalid("body: JSON is required");
  const { add } = kindOf(kind);
  if (add === undefined) throw notFound(kind);
  return add(as, request.body);
}

/** `GET /operator/{kind}`: `{ "<kind>": […] }`, at most 100. */
export async function operatorList(as: Exchange, request: ResourceRequest, kind: string) {
  await authorizedParty(as, request, "operate");
  const store = kindOf(kind).store?.(as);
  if (store === undefined) throw notFound(kind);
  const ids = await as.records.find.ofParty(kind, kind.slice(0, -1));
  const found = await Promise.all(ids.map((id) => store.find(id)));
  return { [kind]: found.flatMap((stored) => (stored === undefined ? [] : [shown(stored.value)])) };
}

/** `GET /operator/{kind}/{id}`. */
export async function operatorShow(as: Exchange, request: ResourceRequest, kind: string, id: string) {
  await authorizedParty(as, request, "operate");
  const stored = await kindOf(kind).store?.(as).find(id);
  if (stored === undefined) throw notFound(`${kind} ${id}`);
  return shown(stored.value);
}

/** `POST /operator/{kind}/{id}/suspend` and `…/resume`: one replace, which bites everywhere as soon as no cache is older (2 s). Said twice is no mistake. */
export async function operatorSetStatus(
  as: Exchange,
  request: ResourceRequest,
  kind: string,
  id: string,
  status: Status,
): Promise<object> {
  await authorizedParty(as, request, "operate");
  const store = kindOf(kind).standing?.(as);
  const stored = await store?.find(id);
  if (store === undefined || stored === undefined) throw notFound(`${kind} ${id}`);
  if (stored.value.status === status) return shown(stored.value);
  if (stored.value.status === "deregistered")
    throw new OAuthError("conflict", `${id} is deregistered`, {
      description: `${id} has deregistered: it never returns.`,
    });
  const next = { ...stored.value, status };
  if ((await store.replace(id, stored, next)) === "conflict")
    throw new OAuthError("conflict", `${id} changed meanwhile`);
  return shown(next);
}

/** An entry without what only its own token opens. */
export function shown(value: object): object {
  const { registrationTokenHash: _, clientSecretHash: __, ...entry } = value as Partial<Registered>;
  return { ...entry, ...outsideFapi(entry) };
}

function kindOf(name: string): KindOfThing {
  const kind = Object.hasOwn(operatorKinds, name) ? operatorKinds[name] : undefined;
  if (kind === undefined) throw notFound(name);
  return kind;
}

export function notFound(what: string) {
  return new OAuthError("not_found", what);
}
