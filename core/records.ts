import type { CapabilityTicket } from "../protocol/capability.ts";
import type { Purpose, ResourceDefinition } from "../protocol/registry.ts";
import { type AuthorizationRequest, requestKind } from "./authorization-request.ts";
import type { Consent } from "./consent.ts";
import { consentKind } from "./consent-kind.ts";
import { assertionKind, type Evidence, noticeKind } from "./evidence.ts";
import { type Link, linkKind, type Resource, resourceKind } from "./link.ts";
import { logoKind } from "./logo.ts";
import {
  type Client,
  capabilityTicketKind,
  claimsIssuerKind,
  clientKind,
  definitionKind,
  type KeptTrustAnchor,
  purposeKind,
  type ResourceServer,
  resourceServerKind,
  statementIssuerKind,
  type TrustedIssuer,
  trustAnchorKind,
} from "./party.ts";
import {
  type Device,
  deviceKind,
  nameKind,
  type Passkey,
  type Person,
  type Pointer,
  passkeyKind,
  personKind,
} from "./person.ts";
import type { SignIns } from "./sign-ins.ts";
import type { Finder, Kind, RegisteredStore, Store } from "./store.ts";
import { type AuthorizationProcess, processKind } from "./uma/authorization-process.ts";
import { type PersistedClaims, persistedClaimsKind } from "./uma/persisted-claims.ts";
import type { Uses } from "./uses.ts";

/** Everything the exchange remembers. */
export interface Records {
  readonly requests: Store<AuthorizationRequest>;
  readonly processes: Store<AuthorizationProcess>;
  readonly persistedClaims: Store<PersistedClaims>;
  readonly consents: Store<Consent>;
  readonly links: Store<Link>;
  readonly resources: Store<Resource>;
  readonly people: RegisteredStore<Person>;
  readonly passkeys: Store<Passkey>;
  readonly devices: Store<Device>;
  readonly names: Store<Pointer>;
  readonly clients: RegisteredStore<Client>;
  readonly resourceServers: RegisteredStore<ResourceServer>;
  readonly definitions: RegisteredStore<ResourceDefinition>;
  readonly purposes: RegisteredStore<Purpose>;
  readonly capabilityTickets: RegisteredStore<CapabilityTicket>;
  readonly statementIssuers: Store<TrustedIssuer>;
  readonly claimsIssuers: Store<TrustedIssuer>;
  readonly trustAnchors: Store<KeptTrustAnchor>;
  readonly logos: Store<Evidence>;
  readonly notices: Store<Evidence>;
  readonly assertions: Store<Evidence>;
  readonly uses: Uses;
  readonly signIns: SignIns;
  readonly find: Finder;
  readonly linkWithResources: LinkWithResources;
}

/** A Link and every resource registered under it, strongly consistent unless it may be as of a moment ago. */
export type LinkWithResources = (
  linkId: string,
  how?: "at a glance",
) => Promise<{
  readonly link: Link | undefined;
  readonly resources: readonly { readonly id: string; readonly resource: Resource }[];
}>;

/** Every kind of record on one adapter. */
export function recordStores(
  store: <T>(kind: Kind<T>) => RegisteredStore<T>,
): Omit<Records, "uses" | "signIns" | "find" | "linkWithResources"> {
  return {
    requests: store(requestKind),
    processes: store(processKind),
    persistedClaims: store(persistedClaimsKind),
    consents: store(consentKind),
    links: store(linkKind),
    resources: store(resourceKind),
    people: store(personKind),
    passkeys: store(passkeyKind),
    devices: store(deviceKind),
    names: store(nameKind),
    clients: store(clientKind),
    resourceServers: store(resourceServerKind),
    definitions: store(definitionKind),
    purposes: store(purposeKind),
    capabilityTickets: store(capabilityTicketKind),
    statementIssuers: store(statementIssuerKind),
    claimsIssuers: store(claimsIssuerKind),
    trustAnchors: store(trustAnchorKind),
    logos: store(logoKind),
    notices: store(noticeKind),
    assertions: store(assertionKind),
  };
}
