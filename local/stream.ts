import type { IncomingHttpHeaders } from "node:http";
import { isDeepStrictEqual } from "node:util";
import { account, type Json, region } from "./assembly.ts";
import { AwsError } from "./aws-error.ts";
import { type Answer, dynamodbWire, type Image } from "./dynamodb-wire.ts";
import { bodyOf, listening } from "./http-server.ts";
import type { Journal } from "./journal.ts";
import { callerOf, type Permit } from "./permissions.ts";

export interface Change {
  readonly sequence: number;
  readonly table: string;
  readonly key: Image;
  readonly before?: Image | undefined;
  readonly after?: Image | undefined;
  /** Seconds since the epoch. */
  readonly at: number;
}

export interface StreamingProxyOptions {
  /** Port of the embedded DynamoDB. */
  readonly target: number;
  /** Key attributes of each table that has a stream. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  readonly journal: Journal;
  /** Resolves when every consumer has taken the change, or never needs to. */
  readonly consume: (change: Change) => Promise<unknown>;
  readonly permit: Permit;
}

/**
 * Stands before the embedded DynamoDB, which has no streams. A write to a table with a stream reads the old image under a lock of its
 * key and notes it in the journal first; the change is told when the write has succeeded.
 */
export async function streamingProxy({ target, tables, journal, consume, permit }: StreamingProxyOptions) {
  const dynamodb = dynamodbWire(target);
  const inOrder = lockPerKey();
  let last = Math.max(0, ...journal.pending.map(({ sequence }) => sequence));

  function tell(change: Change) {
    if (isDeepStrictEqual(change.before, change.after)) return journal.done(change.sequence);
    void consume(change).then(() => journal.done(change.sequence));
  }

  async function write(operation: string, headers: IncomingHttpHeaders, body: Buffer, keys: readonly string[]) {
    const { TableName: table, Key, Item } = JSON.parse(body.toString());
    const key = Object.fromEntries(keys.map((name) => [name, (Key ?? Item)[name]]));
    return inOrder(`${table}${JSON.stringify(key)}`, async () => {
      const before = await dynamodb.imageOf(table, key);
      const entry = { sequence: ++last, table, key, at: Date.now() / 1000, ...(before && { before }) };
      journal.note(entry);
      const answer = await dynamodb.call(operation, headers, body);
      tell({ ...entry, after: answer.status === 200 ? await dynamodb.imageOf(table, key) : before });
      return answer;
    });
  }

  async function answered(headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
    const operation = String(headers["x-amz-target"]).split(".")[1] ?? "";
    const input = JSON.parse(body.toString());
    permit(callerOf(headers), `dynamodb:${operation}`, ...subjectOf(input));
    if (/^(BatchWriteItem|TransactWriteItems)$/.test(operation))
      throw new AwsError("ValidationException", `${operation}: one record, one conditional write`);
    const keys = tables.get(input.TableName);
    const writes = /^(PutItem|DeleteItem|UpdateItem)$/.test(operation);
    return writes && keys ? write(operation, headers, body, keys) : dynamodb.call(operation, headers, body);
  }

  const server = await listening(async (request, response) => {
    const { status, headers, body } = await answered(request.headers, await bodyOf(request)).catch(refusal);
    response.writeHead(status, headers).end(body);
  });

  return {
    url: `http://127.0.0.1:${server.port}`,
    /** Tells what was written and not taken when the process before ended. */
    replay: async () => {
      for (const { next, ...entry } of journal.pending)
        tell({ ...entry, after: next === undefined ? await dynamodb.imageOf(entry.table, entry.key) : next.before });
    },
    close: () => {
      server.close();
      dynamodb.close();
    },
  };
}

function lockPerKey() {
  const queues = new Map<string, Promise<unknown>>();
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const mine = (queues.get(key) ?? Promise.resolve()).then(work, work);
    queues.set(key, mine);
    try {
      return await mine;
    } finally {
      if (queues.get(key) === mine) queues.delete(key);
    }
  };
}

/** The table or index an operation is about, and the partition key of its item or query. */
function subjectOf(input: Json): readonly [string, string?] {
  const { TableName, IndexName, Item, Key, KeyConditionExpression = "", ExpressionAttributeValues } = input;
  const index = IndexName === undefined ? "" : `/index/${IndexName}`;
  const queried = /^[#\w]+ = (:\w+)/.exec(KeyConditionExpression)?.[1] ?? "";
  const leadingKey = (Item ?? Key)?.pk?.S ?? ExpressionAttributeValues?.[queried]?.S;
  return [`arn:aws:dynamodb:${region}:${account}:table/${TableName}${index}`, leadingKey];
}

function refusal({ name, message }: Error): Answer {
  const body = Buffer.from(JSON.stringify({ __type: `com.amazonaws.dynamodb#${name}`, message }));
  return { status: 400, headers: { "content-type": "application/x-amz-json-1.0" }, body };
}
