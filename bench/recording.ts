import type { IncomingMessage } from "node:http";
import type { Json } from "../local/assembly.ts";
import { dynamodbWire } from "../local/dynamodb-wire.ts";
import { bodyOf, listening } from "../local/http-server.ts";
import type { Operation } from "./capacity.ts";

export interface Recorded extends Operation {
  readonly step: string;
  /** What the database itself says it cost. */
  readonly told: Json;
}

/**
 * Stands between the functions and their DynamoDB, and keeps each operation with the item before and after. What comes to `follow` is of the function behind
 * the stream, whatever step is running.
 */
export async function recording(through: string, database: string, keys: (table: string) => readonly string[]) {
  const [upstream, direct] = [dynamodbWire(portOf(through)), dynamodbWire(portOf(database))];
  const recorded: Recorded[] = [];
  let [step, follow] = ["", ""];
  let last: Promise<unknown> = Promise.resolve();

  async function observed(request: IncomingMessage, named: string) {
    const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    const input = JSON.parse((await bodyOf(request)).toString());
    const { TableName: table, Key, Item, IndexName: index, ConsistentRead: consistent = false } = input;
    const given = Key ?? Item;
    const image = () =>
      given && direct.imageOf(table, Object.fromEntries(keys(table).map((name) => [name, given[name]])));
    const before = await image();
    const body = Buffer.from(JSON.stringify({ ...input, ReturnConsumedCapacity: "INDEXES" }));
    const answer = await upstream.call(operation, request.headers, body);
    const output = JSON.parse(answer.body.toString());
    const found = output.Items ?? (output.Item === undefined ? [] : [output.Item]);
    const after = await image();
    if (named !== "")
      recorded.push({
        step: named,
        table,
        name: operation,
        index,
        consistent,
        before,
        after,
        found,
        told: output.ConsumedCapacity,
      });
    return answer;
  }

  /** One after the other: an image belongs to its operation. */
  const listener = (name: () => string) => (request: IncomingMessage, response: Json) => {
    const named = name();
    const mine = last.then(() => observed(request, named));
    last = mine.catch(() => {});
    return mine.then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
  };
  const servers = [await listening(listener(() => step)), await listening(listener(() => follow))] as const;

  return {
    url: `http://127.0.0.1:${servers[0].port}`,
    follow: `http://127.0.0.1:${servers[1].port}`,
    recorded,
    /** What comes now is of this step, and what follows from it of the other; nothing is kept under an empty name. */
    begin: (name: string, behind = "") => {
      [step, follow] = [name, behind];
    },
    close: () => {
      for (const server of servers) server.close();
      upstream.close();
      direct.close();
    },
  };
}

const portOf = (url: string) => Number(new URL(url).port);
