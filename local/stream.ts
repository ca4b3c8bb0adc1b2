import { once } from "node:events";
import { Agent, createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { isDeepStrictEqual } from "node:util";
import { account, type Json, region } from "./assembly.ts";
import { bodyOf } from "./http-server.ts";
import type { Journal } from "./journal.ts";
import type { Permit } from "./permissions.ts";

/** An item as DynamoDB writes it. */
export type Image = Readonly<Record<string, Json>>;
export type Key = Readonly<Record<string, Json>>;

export interface Change {
  readonly sequence: number;
  readonly table: string;
  readonly key: Key;
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
  /** Throws where the caller's role has no such right. */
  readonly permit: Permit;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Authorization of the proxy's own reads; the embedded DynamoDB asks for one and checks nothing. */
const own: IncomingHttpHeaders = {
  "content-type": "application/x-amz-json-1.0",
  authorization:
    "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
  "x-amz-date": "20260101T000000Z",
};

/**
 * Stands before the embedded DynamoDB, which has no streams. A write to a table with a stream reads the old image under a lock of its
 * key and notes it in the journal first; the change is told when the write has succeeded.
 */
export async function streamingProxy({ target, tables, journal, consume, permit }: StreamingProxyOptions) {
  const agent = new Agent({ keepAlive: true });
  const queues = new Map<string, Promise<unknown>>();
  let last = Math.max(0, ...journal.pending.map(({ sequence }) => sequence));

  async function call(operation: string, headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
    const { "content-length": _, connection: __, ...rest } = headers;
    const sent = request({
      agent,
      port: target,
      host: "127.0.0.1",
      method: "POST",
      headers: { ...rest, "x-amz-target": `DynamoDB_20120810.${operation}`, "content-length": body.length },
    }).end(body);
    const [response] = await once(sent, "response");
    return { status: response.statusCode, headers: response.headers, body: await bodyOf(response) };
  }

  async function imageOf(table: string, key: Key): Promise<Image | undefined> {
    const input = JSON.stringify({ TableName: table, Key: key, ConsistentRead: true });
    return JSON.parse((await call("GetItem", own, Buffer.from(input))).body.toString()).Item;
  }

  async function inOrder<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (queues.get(key) ?? Promise.resolve()).then(work, work);
    queues.set(key, mine);
    try {
      return await mine;
    } finally {
      if (queues.get(key) === mine) queues.delete(key);
    }
  }

  function tell(change: Change) {
    if (isDeepStrictEqual(change.before, change.after)) return journal.done(change.sequence);
    void consume(change).then(() => journal.done(change.sequence));
  }

  async function write(operation: string, headers: IncomingHttpHeaders, body: Buffer, keys: readonly string[]) {
    const { TableName: table, Key, Item } = JSON.parse(body.toString());
    const key = Object.fromEntries(keys.map((name) => [name, (Key ?? Item)[name]]));
    return inOrder(`${table}${JSON.stringify(key)}`, async () => {
      const before = await imageOf(table, key);
      const entry = { sequence: ++last, table, key, at: Date.now() / 1000, ...(before && { before }) };
      journal.note(entry);
      const answer = await call(operation, headers, body);
      tell({ ...entry, after: answer.status === 200 ? await imageOf(table, key) : before });
      return answer;
    });
  }

  const server = createServer(async (incoming, outgoing) => {
    const body = await bodyOf(incoming);
    const operation = String(incoming.headers["x-amz-target"]).split(".")[1] ?? "";
    const send = ({ status, headers, body }: Answer) => outgoing.writeHead(status, headers).end(body);
    try {
      const input = JSON.parse(body.toString());
      permit(callerOf(incoming.headers), `dynamodb:${operation}`, ...subjectOf(input));
      const keys = tables.get(input.TableName);
      const writes = /^(PutItem|DeleteItem|UpdateItem)$/.test(operation) && keys !== undefined;
      if (/^(BatchWriteItem|TransactWriteItems)$/.test(operation))
        throw Object.assign(new Error(`${operation}: one record, one conditional write`), {
          name: "ValidationException",
        });
      send(await (writes ? write(operation, incoming.headers, body, keys) : call(operation, incoming.headers, body)));
    } catch (error) {
      const { name, message } = error as Error;
      const refusal = JSON.stringify({ __type: `com.amazonaws.dynamodb#${name}`, message });
      send({ status: 400, headers: { "content-type": "application/x-amz-json-1.0" }, body: Buffer.from(refusal) });
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Tells what was written and not taken when the process before ended. */
    replay: async () => {
      for (const { next, ...entry } of journal.pending)
        tell({ ...entry, after: next === undefined ? await imageOf(entry.table, entry.key) : next.before });
    },
    close: () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

const callerOf = ({ authorization = "" }: IncomingHttpHeaders) => /Credential=([^/]+)\//.exec(authorization)?.[1] ?? "";

/** The table or index an operation is about, and the partition key of its item. */
function subjectOf({ TableName, IndexName, Item, Key }: Json): readonly [string, string?] {
  const index = IndexName === undefined ? "" : `/index/${IndexName}`;
  return [`arn:aws:dynamodb:${region}:${account}:table/${TableName}${index}`, (Item ?? Key)?.pk?.S];
}
