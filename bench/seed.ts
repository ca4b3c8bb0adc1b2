import * as v from "valibot";
import type { ConsentSource } from "../core/consent.ts";
import { type Exchange, now } from "../core/exchange.ts";
import { handleKind, newHandle } from "../core/handles.ts";
import { linkId } from "../core/link.ts";
import { clientIdPrefix } from "../core/party.ts";
import { randomId } from "../core/random.ts";
import { approved, collected, requested } from "../core/transitions.ts";
import { grantType } from "../protocol/oauth.ts";
import { ClientMetadata, type Jwks, ResourceServerMetadata } from "../protocol/registry.ts";
import { CALLBACK, type Peer, SOURCE, type Start } from "./peers.ts";

const type = "https://fpx.example/definitions/immunization-history";
const purpose = "immunization-calendar";
const texts = <T>(english: T) => ({ en: english });

/** An app, a source, and a person who consented: what the demo network has after June's story, written straight into the records. */
export async function seeded(as: Exchange, { client, resourceServer }: Start): Promise<Omit<Peer, "port">> {
  const clientId = `${clientIdPrefix.client}${randomId()}`;
  const resourceServerId = `${clientIdPrefix.resourceServer}${randomId()}`;
  const known = { status: "active", registeredAt: now(as) } as const;
  const { records } = as;

  await records.definitions.insert("immunization-history", {
    type,
    actions: { read: texts({ text: "Vaccines you received" }) },
    default_duration: "P90D",
    maximum_duration: "P1Y",
    sensitivity: "health",
    texts: texts({ title: "Your immunization history", description: "Vaccines with dates." }),
  });
  await records.purposes.insert(purpose, { purpose, texts: texts({ text: "To show which boosters are due." }) });
  await records.clients.insert(clientId, {
    ...v.parse(ClientMetadata, {
      client_name: "My Immunizations",
      jwks: { keys: [client] },
      grant_types: [grantType.authorization_code, grantType.ciba, grantType.refresh_token],
      redirect_uris: [CALLBACK],
    }),
    ...known,
    jwks: { keys: [client] } as Jwks,
    client_id: clientId,
    capabilities: [{ type, actions: ["read"], purpose }],
  });
  // It binds its tokens where it sends a proof (UMA FedAuthz §1.3).
  await records.resourceServers.insert(resourceServerId, {
    ...v.parse(ResourceServerMetadata, {
      client_name: "Provincial Immunization Registry",
      jwks: { keys: [resourceServer] },
      scope: "uma_protection",
      resource: SOURCE,
      dpop_bound_access_tokens: false,
    }),
    ...known,
    jwks: { keys: [resourceServer] } as Jwks,
    client_id: resourceServerId,
  });
  return { clientId, resourceServerId, refreshToken: await consented(as, clientId, resourceServerId) };
}

async function consented(as: Exchange, clientId: string, resourceServerId: string): Promise<string> {
  const [personId, consentId, sub] = [randomId(), randomId(), randomId()];
  const [time, link] = [now(as), await linkId(resourceServerId, sub)];
  const pairwiseKey = randomId() + randomId();
  await as.records.people.insert(personId, {
    status: "active",
    name: "June",
    pairwiseKey,
    createdAt: time,
    blocked: [],
    passkeys: [],
  });
  await as.records.links.insert(link, {
    state: "linked",
    personId,
    resourceServerId,
    sub,
    generation: 1,
    linkedAt: time,
    patGeneration: 1,
    refreshTokens: [],
  });
  const { handle, hash } = await newHandle(as, handleKind.refreshToken, consentId, time);
  const source: ConsentSource = {
    linkId: link,
    linkGeneration: 1,
    resourceServerId,
    location: SOURCE,
    handle: (await newHandle(as, handleKind.consent, consentId, time)).handle,
    sub: randomId(),
    grants: [{ type, actions: ["read"], purpose, resourceIds: [`${link}.${randomId()}`] }],
  };
  const asked = requested({
    personId,
    clientId,
    requestId: randomId(),
    door: "backchannel",
    terms: { details: [{ type, actions: ["read"], optional_actions: [], purpose, duration: "P90D", locations: [] }] },
    scope: ["openid"],
    createdAt: time,
    expiresAt: time + 900,
  });
  const decided = {
    sources: [source],
    endsAt: time + 86_400,
    decidedAt: time,
    noticeHash: randomId(),
    evidenceHash: randomId(),
    decisionId: randomId(),
  };
  await as.records.consents.insert(consentId, collected(approved(asked, decided), { hash, issuedAt: time }, time));
  return handle;
}
