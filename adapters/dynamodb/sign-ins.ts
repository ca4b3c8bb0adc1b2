import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import type { SignIn, SignIns } from "../../core/sign-ins.ts";
import { KEPT } from "../../core/uses.ts";

const SIGN_IN = "SIGNIN#";

/** One item for each session that began, in the person's partition and in no index. */
export function dynamodbSignIns(client: DynamoDBDocumentClient, TableName: string): SignIns {
  return {
    async note(personId, { at, session, ...rest }) {
      const key = { pk: `PERSON#${personId}`, sk: `${SIGN_IN}${moment(at)}#${session}` };
      await client.send(new PutCommand({ TableName, Item: { ...key, kind: "sign-in", ...rest, deleteAt: at + KEPT } }));
    },
    async since(personId, at) {
      const signIns: SignIn[] = [];
      for await (const { Items = [] } of paginateQuery({ client }, signInsOf(TableName, personId, at)))
        signIns.push(...Items.map(signInOf));
      return signIns;
    },
    async forget(personId) {
      for await (const { Items = [] } of paginateQuery({ client }, signInsOf(TableName, personId, 0)))
        for (const { pk, sk } of Items) await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    },
  };
}

const moment = (at: number) => String(at).padStart(12, "0");

const signInsOf = (TableName: string, personId: string, at: number) => ({
  TableName,
  KeyConditionExpression: "pk = :person AND sk BETWEEN :from AND :to",
  ExpressionAttributeValues: {
    ":person": `PERSON#${personId}`,
    ":from": SIGN_IN + moment(Math.max(0, at)),
    ":to": `${SIGN_IN}~`,
  },
  ConsistentRead: true,
  ScanIndexForward: false,
});

function signInOf({ sk, described, by }: Record<string, unknown>): SignIn {
  const [, at = "", session = ""] = String(sk).split("#");
  return {
    at: Number(at),
    session,
    ...(described !== undefined && { described: String(described) }),
    ...(by !== undefined && { by: by as NonNullable<SignIn["by"]> }),
  };
}
