import { requestKind } from "../../core/authorization-request.ts";
import { consentKind } from "../../core/consent.ts";
import { assertionKind, noticeKind } from "../../core/evidence.ts";
import { linkKind, type Resource, resourceKind } from "../../core/link.ts";
import { clientKind, definitionKind, purposeKind, resourceServerKind } from "../../core/party.ts";
import { deviceKind, nameKind, passkeyKind, personKind } from "../../core/person.ts";
import type { Records } from "../../core/records.ts";
import type { IndexKeys, Kind } from "../../core/store.ts";
import { type MemoryItem, memoryStore } from "./store.ts";

/** All records in one map, as the table would hold them. Items are written in whole, so copies of them are what the stream would show. */
export function memoryRecords(table = new Map<string, MemoryItem>()): Records {
  const store = <T>(kind: Kind<T>) => memoryStore(table, kind);
  const ids = (wanted: (index: IndexKeys) => boolean, order: (index: IndexKeys) => string | number) =>
    [...table.values()]
      .filter(({ index }) => wanted(index))
      .sort((a, b) => (order(a.index) < order(b.index) ? 1 : -1))
      .slice(0, 100)
      .map(({ key }) => key.pk.slice(key.pk.indexOf("#") + 1));
  const sortOf = ({ sort = "" }: IndexKeys) => sort;
  return {
    requests: store(requestKind),
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
    notices: store(noticeKind),
    assertions: store(assertionKind),
    find: {
      ofPerson: async (person, kind) =>
        ids((index) => index.person === person && sortOf(index).startsWith(`${kind}#`), sortOf),
      ofParty: async (party, kind) =>
        ids((index) => index.party === party && sortOf(index).startsWith(`${kind}#`), sortOf),
      due: async (before) =>
        ids(
          ({ due, dueAt = Infinity }) => due === "due" && dueAt <= before,
          ({ dueAt = 0 }) => -dueAt,
        ),
    },
    resourcesBeneath: async (link) =>
      [...table.values()]
        .filter(({ key }) => key.pk === `LINK#${link}` && key.sk.startsWith("RESOURCE#"))
        .map(({ key, value }) => ({ id: `${link}.${key.sk.slice("RESOURCE#".length)}`, resource: value as Resource })),
  };
}
