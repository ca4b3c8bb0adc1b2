import { nameOfType } from "../protocol/authorization-details.ts";
import { hostOf } from "../protocol/registry.ts";
import type { Shown } from "../sdk/operator/entries.ts";

/** The words of the command line for what the operator API keeps. */
export const nouns = {
  definition: "definitions",
  purpose: "purposes",
  "capability-ticket": "capability-tickets",
  client: "clients",
  rs: "resource-servers",
  "statement-issuer": "statement-issuers",
  "claims-issuer": "claims-issuers",
  "trust-anchor": "trust-anchors",
} as const;

type Listed = (typeof nouns)[keyof typeof nouns];

const ids: { readonly [K in Listed]: (entry: Shown[K]) => string } = {
  definitions: ({ type }) => nameOfType(type),
  purposes: ({ purpose }) => purpose,
  "capability-tickets": ({ id }) => id,
  clients: ({ client_id }) => client_id,
  "resource-servers": ({ client_id }) => client_id,
  "statement-issuers": ({ issuer }) => hostOf(issuer),
  "claims-issuers": ({ issuer }) => hostOf(issuer),
  "trust-anchors": ({ name }) => name,
};

const words: { readonly [K in Listed]: (entry: Shown[K]) => string } = {
  definitions: ({ texts, actions }) => `${texts["en"]?.title} (${Object.keys(actions).join(", ")})`,
  purposes: ({ texts }) => texts["en"]?.text ?? "",
  "capability-tickets": ({ capabilities }) =>
    capabilities
      .map(({ type, actions, purpose }) => `${nameOfType(type)}: ${actions.join(", ")} (${purpose})`)
      .join("; "),
  clients: ({ client_name, outside_fapi2, status }) =>
    `${client_name}${outside_fapi2 ? " (by secret, outside FAPI 2.0)" : ""}${unlessActive(status)}`,
  "resource-servers": ({ client_name, resource, status }) => `${client_name}, ${resource}${unlessActive(status)}`,
  "statement-issuers": ({ jwks, status }) => `${jwks.keys.length} keys${unlessActive(status)}`,
  "claims-issuers": ({ jwks, status }) => `${jwks.keys.length} keys${unlessActive(status)}`,
  "trust-anchors": ({ status }) => `a CA${unlessActive(status)}`,
};

function unlessActive(status = "active"): string {
  return status === "active" ? "" : ` (${status})`;
}

/** What `show` takes. */
export function idOf<K extends Listed>(kind: K, entry: Shown[K]): string {
  return ids[kind](entry);
}

/** One line of `list`: the id, then what people call it. */
export function lineOf<K extends Listed>(kind: K, entry: Shown[K]): string {
  return `${idOf(kind, entry).padEnd(28)}  ${words[kind](entry)}`;
}
