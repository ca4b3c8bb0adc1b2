import * as v from "valibot";
import { nameOfType } from "../../protocol/authorization-details.ts";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { CapabilityTicket, Entitlement } from "../../protocol/capability.ts";
import {
  hostOf,
  Purpose,
  RegistrationGrant,
  ResourceDefinition,
  StatementIssuer,
  TrustAnchor,
} from "../../protocol/registry.ts";
import { isValidAt } from "../certificate.ts";
import { newClientSecret } from "../client-secret.ts";
import { type Exchange, now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Status, TrustedIssuer } from "../party.ts";
import { clientInformation, isBySecret, registerClient, registerResourceServer } from "../registration.ts";
import { invalid, knownCapabilities, parsed, usableKeys } from "../registration-metadata.ts";
import type { Store } from "../store.ts";
import { peopleStanding } from "./operator-people.ts";
import { initialAccessToken } from "./registration.ts";

export interface KindOfThing {
  /** Absent: it comes about otherwise. */
  add?(as: Exchange, body: unknown): Promise<{ created: boolean; value: object }>;
  /** Absent: it can be made, not looked up. */
  store?(as: Exchange): Store<object>;
  /** Present: it can be suspended and resumed. */
  standing?(as: Exchange): Pick<Store<Standing>, "find" | "replace">;
}

interface Standing {
  readonly status: Status;
}

/** What an operator registers; adding a kind is adding a row. */
export const operatorKinds: Readonly<Record<string, KindOfThing>> = {
  definitions: {
    add: async (as, body) => {
      const definition = parsed(ResourceDefinition, body);
      return once(as.records.definitions, nameOfType(definition.type), definition);
    },
    store: (as) => as.records.definitions as Store<object>,
  },
  purposes: {
    add: async (as, body) => {
      const purpose = parsed(Purpose, body);
      return once(as.records.purposes, purpose.purpose, purpose);
    },
    store: (as) => as.records.purposes as Store<object>,
  },
  "capability-tickets": {
    add: async (as, body) => {
      const ticket = parsed(CapabilityTicket, body);
      await knownCapabilities(as, ticket.capabilities);
      return once(as.records.capabilityTickets, ticket.id, ticket);
    },
    store: (as) => as.records.capabilityTickets as Store<object>,
  },
  clients: {
    add: async (as, body) => {
      const { secret, hash } = await newClientSecret();
      const client = await registerClient(as, body, parsed(Entitlement, body), undefined, hash);
      // RFC 7591 §3.2.1: told here, once.
      const told = isBySecret(client) ? { client_secret: secret, client_secret_expires_at: 0 } : {};
      return { created: true, value: { ...clientInformation(client), ...told } };
    },
    store: (as) => as.records.clients as Store<object>,
    standing: (as) => as.records.clients as Store<Standing>,
  },
  "resource-servers": {
    add: async (as, body) => {
      const admitted = parsed(v.object({ untyped_resources: v.optional(v.literal(true)) }), body);
      const { untyped_resources } = admitted;
      const kept = async () => (untyped_resources === undefined ? {} : { untyped_resources });
      return { created: true, value: clientInformation(await registerResourceServer(as, body, kept)) };
    },
    store: (as) => as.records.resourceServers as Store<object>,
    standing: (as) => as.records.resourceServers as Store<Standing>,
  },
  "statement-issuers": trustedIssuers((as) => as.records.statementIssuers),
  "claims-issuers": trustedIssuers((as) => as.records.claimsIssuers),
  "trust-anchors": {
    add: async (as, body) => {
      const entry = parsed(TrustAnchor, body);
      const certificate = as.x509.read(entry.certificate);
      if (certificate?.isAuthority !== true || !isValidAt(certificate, now(as)))
        throw invalid("certificate: not a CA's, or not valid now");
      return once(as.records.trustAnchors, entry.name, { ...entry, status: "active" });
    },
    store: (as) => as.records.trustAnchors as Store<object>,
    standing: (as) => as.records.trustAnchors as Store<Standing>,
  },
  people: { standing: (as) => peopleStanding(as) as Pick<Store<Standing>, "find" | "replace"> },
  "initial-access-tokens": {
    add: async (as, body) => {
      const grant = parsed(RegistrationGrant, body);
      if (grant.expires_at <= now(as)) throw invalid("expires_at: is in the past");
      return {
        created: true,
        value: { initial_access_token: await initialAccessToken(as, grant), expires_at: grant.expires_at },
      };
    },
  },
};

function trustedIssuers(store: (as: Exchange) => Store<TrustedIssuer>): KindOfThing {
  return {
    add: async (as, body) => {
      const entry = parsed(StatementIssuer, body);
      await usableKeys(as, entry.jwks);
      return once(store(as), hostOf(entry.issuer), { ...entry, status: "active" });
    },
    store: (as) => store(as) as Store<object>,
    standing: (as) => store(as) as Store<Standing>,
  };
}

/** Registering the same content again is no mistake; other content under a taken name is. */
async function once<T extends object>(store: Store<T>, id: string, value: T): Promise<{ created: boolean; value: T }> {
  if ((await store.insert(id, value)) === "inserted") return { created: true, value };
  const stored = await store.find(id);
  if (canonicalJson(stored?.value) === canonicalJson(value)) return { created: false, value };
  throw new OAuthError("conflict", `${id} exists with other content`, {
    description: `${id} exists already with other content.`,
  });
}
