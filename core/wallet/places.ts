import type { Place } from "../../protocol/wallet-sources.ts";
import type { Exchange } from "../exchange.ts";
import { pictured } from "../logo.ts";
import type { SignedIn } from "./session.ts";

/** `GET /wallet/places`: admitted Resource Servers that a person can start from here, by name. */
export async function listPlaces(as: Exchange, { personId }: SignedIn): Promise<{ places: readonly Place[] }> {
  const [ids, links] = await Promise.all([
    as.records.find.ofParty("resource-servers", "resource-server"),
    as.records.find.ofPerson(personId, "link"),
  ]);
  const linked = await Promise.all(links.map(async (id) => (await as.records.links.find(id))?.value));
  const connected = new Set(linked.flatMap((link) => (link?.state === "linked" ? [link.resourceServerId] : [])));
  const servers = await Promise.all(ids.map((id) => as.registry.resourceServer(id)));
  const places = servers.flatMap((server): readonly Place[] => {
    if (server?.status !== "active" || server.initiate_login_uri === undefined) return [];
    const { client_id, client_name, client_uri, initiate_login_uri } = server;
    return [
      {
        name: client_name,
        ...pictured(server),
        ...(client_uri !== undefined && { uri: client_uri }),
        startAt: startAt(initiate_login_uri, as.issuer),
        connected: connected.has(client_id),
      },
    ];
  });
  return { places: places.sort((a, b) => a.name.localeCompare(b.name, "en")) };
}

/** OIDC Core §4: which exchange the person comes from, and nothing about who they are. */
function startAt(initiateLoginUri: string, issuer: string): string {
  const url = new URL(initiateLoginUri);
  url.searchParams.set("iss", issuer);
  return url.href;
}
