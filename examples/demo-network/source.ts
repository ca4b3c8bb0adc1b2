import { join } from "node:path";
import { metadataOf } from "../../sdk/resource-server/metadata.ts";
import type { Need } from "../../sdk/resource-server/needed.ts";
import { protect } from "../../sdk/resource-server/protect.ts";
import type { LinkedOwner } from "../../sdk/resource-server/resource-registration.ts";
import type { ResourceServer } from "../../sdk/resource-server/resource-server.ts";
import { resourceServer } from "../../sdk/resource-server/resource-server.ts";
import { type Ended, toldWhatEnded } from "../../sdk/resource-server/told.ts";
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
  /** What her records are called at the exchange, where the Wallet she connected last decides, and in the link she may give to others. */
  readonly shared?: { readonly resource_id: string; readonly patient: string };
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
    metadata: { resource_name: party.client_name, authorization_details_types_supported: [IMMUNIZATION_HISTORY] },
    decryptionKeys: party.decryptionKey === undefined ? [] : [party.decryptionKey],
    onRefusal: ({ client_id, message }) => void noted({ who: named(client_id), refused: message }),
  });

  /** By the link that June gave, the request says whose records it is for: who has no token is told how to ask her. */
  function needed(request: Request): Need {
    const { shared } = connection.value;
    return shared !== undefined && patientIn(request) === shared.patient
      ? [{ resource_id: shared.resource_id, resource_scopes: ["read"] }]
      : { type: IMMUNIZATION_HISTORY, action: "read" };
  }

  const immunizations = protect(
    server,
    needed,
  )(async (request, access) => {
    const { owners, shared } = connection.value;
    const asked = patientIn(request) ?? shared?.patient;
    const found = owners.includes(access.sub) && asked === shared?.patient ? doses : [];
    await noted({ who: named(access.client_id), records: found.length, consent: access.consent });
    return Response.json(searchset(`${party.origin}/fhir`, patient, found), {
      headers: { "content-type": "application/fhir+json", "cache-control": "no-store" },
    });
  });

  /** June decided in her Wallet. */
  async function ended(what: Ended): Promise<void> {
    if ("consent" in what) {
      const reader = connection.value.log.find(({ consent }) => consent === what.consent)?.who;
      return noted({ who: reader ?? "An app", ended: true });
    }
    const { shared, owners, ...rest } = connection.value;
    const still = owners.filter((owner) => owner !== what.resource_owner);
    connection.value = { ...rest, owners: still, ...(still.length > 0 && shared !== undefined && { shared }) };
    await noted({ who: "Every app", ended: true });
  }
  const events = toldWhatEnded(server, ended, ({ message }) => console.error(`event refused: ${message}`));

  const own = ({ resource_owner, resource_ids: [resource_id = ""] }: LinkedOwner) => {
    const { owners, shared } = connection.value;
    const patient = shared?.patient ?? crypto.randomUUID();
    return remember({ owners: [...new Set([...owners, resource_owner])], shared: { resource_id, patient } });
  };
  const shown = (said: Said = {}) => sourcePage({ ...options, ...connection.value, ...said });

  const routes: Readonly<Record<string, Handler>> = {
    ...visits({ options, server, own, shown }),
    "GET /look.css": () => asset("look.css"),
    "GET /fhir/Immunization": immunizations,
    "GET /.well-known/oauth-protected-resource": () => Response.json(metadataOf(server)),
  };
  return (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/events") return events(request);
    const route = routes[`${request.method} ${pathname}`];
    if (route === undefined) return new Response("Not found", { status: 404 });
    return request.method === "POST" && !isOwnForm(request) ? seeOther() : route(request);
  };
}

/** FHIR R4 §3.1.1: the search parameter `patient`. */
function patientIn(request: Request): string | undefined {
  return new URL(request.url).searchParams.get("patient") ?? undefined;
}
