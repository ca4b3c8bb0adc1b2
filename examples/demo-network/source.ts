import { join } from "node:path";
import { protect } from "../../sdk/resource-server/protect.ts";
import type { ResourceServer } from "../../sdk/resource-server/resource-server.ts";
import { resourceServer } from "../../sdk/resource-server/resource-server.ts";
import { IMMUNIZATION_HISTORY } from "./definitions.ts";
import { type Dose, searchset } from "./immunizations.ts";
import { kept } from "./kept.ts";
import { asset, isOwnForm, seeOther } from "./page.ts";
import type { Registered } from "./seed.ts";
import type { Handler } from "./serve.ts";
import { type Said, sourcePage, type Visit } from "./source-page.ts";
import { visits } from "./source-visits.ts";

export interface SourceOptions {
  readonly issuer: string;
  readonly wallet: string;
  readonly folder: string;
  readonly look: "registry" | "clinic";
  readonly party: Registered;
  /** This source's own number for June Smith, and her doses. */
  readonly patient: string;
  readonly doses: readonly Dose[];
  /** Apps this source knows by name. */
  readonly appName: (client_id: string) => string | undefined;
}

/** What a source remembers of June's connection, for one registration at one exchange. */
interface Connection {
  readonly client_id: string;
  /** June's names at the exchange: one for each Wallet she connected. */
  readonly owners: readonly string[];
  readonly log: readonly Visit[];
}

/** A place that holds June's records: her page there, and the FHIR endpoint that tokens open. */
export async function source(options: SourceOptions): Promise<Handler> {
  const { issuer, folder, look, party, patient, doses, appName } = options;
  const nothing: Connection = { client_id: party.client_id, owners: [], log: [] };
  const connection = await kept(join(folder, `${look}-connection.json`), nothing);
  if (connection.value.client_id !== party.client_id) connection.value = nothing;

  async function remember(change: Partial<Connection>): Promise<void> {
    connection.value = { ...connection.value, ...change };
    await connection.save();
  }
  const noted = (visit: Omit<Visit, "at">) =>
    remember({ log: [{ at: Date.now(), ...visit }, ...connection.value.log].slice(0, 12) });
  const named = (client_id = "") => appName(client_id) ?? "An app";

  const server: ResourceServer = resourceServer({
    issuer,
    client_id: party.client_id,
    key: party.key,
    resource: party.origin,
    decryptionKeys: party.decryptionKey === undefined ? [] : [party.decryptionKey],
    onRefusal: ({ client_id, message }) => void noted({ who: named(client_id), refused: message }),
  });

  const immunizations = protect(server, { type: IMMUNIZATION_HISTORY, action: "read" })(async (_, access) => {
    const found = connection.value.owners.includes(access.sub) ? doses : [];
    await noted({ who: named(access.client_id), records: found.length });
    return Response.json(searchset(`${party.origin}/fhir`, patient, found), {
      headers: { "content-type": "application/fhir+json", "cache-control": "no-store" },
    });
  });

  const own = (owner: string) => remember({ owners: [...new Set([...connection.value.owners, owner])] });
  const shown = (said: Said = {}) => sourcePage({ ...options, ...connection.value, ...said });

  const routes: Readonly<Record<string, Handler>> = {
    ...visits({ options, server, own, shown }),
    "GET /look.css": () => asset("look.css"),
    "GET /fhir/Immunization": immunizations,
    "GET /.well-known/oauth-protected-resource": () => Response.json(metadata(issuer, party)),
  };
  return (request) => {
    const route = routes[`${request.method} ${new URL(request.url).pathname}`];
    if (route === undefined) return new Response("Not found", { status: 404 });
    return request.method === "POST" && !isOwnForm(request) ? seeOther() : route(request);
  };
}

/** @see RFC 9728 §2 */
function metadata(issuer: string, { origin, client_name }: Registered) {
  return {
    resource: origin,
    resource_name: client_name,
    authorization_servers: [issuer],
    bearer_methods_supported: ["header"],
    dpop_bound_access_tokens_required: true,
    authorization_details_types_supported: [IMMUNIZATION_HISTORY],
  };
}
