import { DeleteCommand, type DynamoDBDocumentClient, paginateQuery, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Counted, type DayOfUse, dayOf, KEPT, type UseKind, type Uses } from "../../core/uses.ts";

const USE = "USE#";

/** One item for a consent's day and party, in the consent's partition and in no index; counters stand beside the key, so that one ADD makes or changes them. */
export function dynamodbUses(client: DynamoDBDocumentClient, TableName: string): Uses {
  return {
    async note({ consentId, party, kind, at }) {
      await client.send(
        new UpdateCommand({
          TableName,
          Key: { pk: `CONSENT#${consentId}`, sk: `${USE}${dayOf(at)}#${party}` },
          UpdateExpression: "SET #kind = :use, #at = :at, deleteAt = :end ADD #times :one",
          ExpressionAttributeNames: { "#kind": "kind", "#at": `${kind}At`, "#times": kind },
          ExpressionAttributeValues: { ":use": "use", ":at": at, ":end": at + KEPT, ":one": 1 },
        }),
      );
    },
    async forget(consentId) {
      for await (const { Items = [] } of paginateQuery({ client }, usesOf(TableName, consentId)))
        for (const { pk, sk } of Items) await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    },
    async of(consentId, most = Infinity) {
      const query = { ...usesOf(TableName, consentId), ...(most < Infinity && { Limit: most }) };
      const days: DayOfUse[] = [];
      for await (const { Items = [] } of paginateQuery({ client }, query)) {
        days.push(...Items.map(dayOfUse));
        if (days.length >= most) break;
      }
      return days;
    },
  };
}

const usesOf = (TableName: string, consentId: string) => ({
  TableName,
  KeyConditionExpression: "pk = :consent AND begins_with(sk, :use)",
  ExpressionAttributeValues: { ":consent": `CONSENT#${consentId}`, ":use": USE },
  ScanIndexForward: false,
});

function dayOfUse(item: Record<string, unknown>): DayOfUse {
  const [, day = "", party = ""] = String(item["sk"]).split("#");
  const counted = (["collected", "used", "refused"] as const).flatMap((kind): [UseKind, Counted][] => {
    const times = item[kind];
    return times === undefined ? [] : [[kind, { times: Number(times), lastAt: Number(item[`${kind}At`]) }]];
  });
  return { day, party, counted: Object.fromEntries(counted) };
}
