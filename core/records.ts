import type { Purpose, ResourceDefinition } from "../protocol/registry.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import type { Consent } from "./consent.ts";
import type { Evidence } from "./evidence.ts";
import type { Link, Resource } from "./link.ts";
import type { Client, ResourceServer } from "./party.ts";
import type { Device, Passkey, Person, Pointer } from "./person.ts";
import type { Finder, Store } from "./store.ts";

/** Everything the exchange remembers. */
export interface Records {
  readonly requests: Store<AuthorizationRequest>;
  readonly consents: Store<Consent>;
  readonly links: Store<Link>;
  readonly resources: Store<Resource>;
  readonly people: Store<Person>;
  readonly passkeys: Store<Passkey>;
  readonly devices: Store<Device>;
  readonly names: Store<Pointer>;
  readonly clients: Store<Client>;
  readonly resourceServers: Store<ResourceServer>;
  readonly definitions: Store<ResourceDefinition>;
  readonly purposes: Store<Purpose>;
  readonly notices: Store<Evidence>;
  readonly assertions: Store<Evidence>;
  readonly find: Finder;
  readonly resourcesBeneath: ResourcesBeneath;
}

/** Every resource registered under a Link, read strongly. */
export type ResourcesBeneath = (
  linkId: string,
) => Promise<readonly { readonly id: string; readonly resource: Resource }[]>;
