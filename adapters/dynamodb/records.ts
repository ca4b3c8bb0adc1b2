import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { requestKind } from "../../core/authorization-request.ts";
import { consentKind } from "../../core/consent.ts";
import { assertionKind, noticeKind } from "../../core/evidence.ts";
import { linkKind, resourceKind } from "../../core/link.ts";
import { clientKind, definitionKind, purposeKind, resourceServerKind } from "../../core/party.ts";
import { deviceKind, nameKind, passkeyKind, personKind } from "../../core/person.ts";
import type { Records } from "../../core/records.ts";
import type { Kind } from "../../core/store.ts";
import { dynamodbFinder, dynamodbResourcesBeneath } from "./finder.ts";
import { dynamodbStore } from "./store.ts";

/** All records in one table (docs/data-model.md). */
export function dynamodbRecords(client: DynamoDBDocumentClient, table: string): Records {
  const store = <T>(kind: Kind<T>) => dynamodbStore(client, table, kind);
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
    find: dynamodbFinder(client, table),
    resourcesBeneath: dynamodbResourcesBeneath(client, table),
  };
}
