import { once } from "node:events";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import type { Json } from "./assembly.ts";
import { bodyOf } from "./http-server.ts";

/** An item, or its key, as DynamoDB writes it. */
export type Image = Readonly<Record<string, Json>>;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Authorization of reads of our own; the embedded DynamoDB asks for one and checks nothing. */
const own: IncomingHttpHeaders = {
  "content-type": "application/x-amz-json-1.0",
  authorization:
    "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
  "x-amz-date": "20260101T000000Z",
};

/** DynamoDB's protocol, spoken to a port of this machine. */
export function dynamodbWire(port: number) {
  const agent = new Agent({ keepAlive: true });

  async function call(operation: string, headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
    const { "content-length": _, connection: __, ...rest } = headers;
    const sent = request({
      agent,
      port,
      host: "127.0.0.1",
      method: "POST",
      headers: { ...rest, "x-amz-target": `DynamoDB_20120810.${operation}`, "content-length": body.length },
    }).end(body);
    const [response] = await once(sent, "response");
    return { status: response.statusCode, headers: response.headers, body: await bodyOf(response) };
  }

  return {
    call,
    imageOf: async (table: string, key: Image): Promise<Image | undefined> => {
      const input = JSON.stringify({ TableName: table, Key: key, ConsistentRead: true });
      return JSON.parse((await call("GetItem", own, Buffer.from(input))).body.toString()).Item;
    },
    close: () => agent.destroy(),
  };
}
