import { randomBytes } from "node:crypto";
import { region } from "./assembly.ts";
import type { FolderBucket } from "./failures.ts";
import { bodyOf, type Listener, listening } from "./http-server.ts";

export interface OperatorEndpointOptions {
  readonly bucketName: string;
  readonly bucket: FolderBucket;
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
}

/** What an operator's own credentials reach: S3 for one bucket, and Lambda's Invoke, as far as `fpx failed-events` goes. Whoever knows the access key may. */
export async function operatorEndpoint({ bucketName, bucket, invoke }: OperatorEndpointOptions) {
  const accessKeyId = randomBytes(16).toString("hex");
  const isOperator = (authorization = "") => authorization.includes(`Credential=${accessKeyId}/`);

  const listener: Listener = async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const [first = "", ...rest] = pathname.slice(1).split("/").map(decodeURIComponent);
    const send = (status: number, body = "", headers = {}) => response.writeHead(status, headers).end(body);
    if (!isOperator(request.headers.authorization)) return send(403);
    if (request.method === "POST" && pathname.startsWith("/2015-03-31/functions/")) {
      const [, name = ""] = rest;
      const event = JSON.parse((await bodyOf(request)).toString());
      try {
        return send(200, JSON.stringify((await invoke(name, event)) ?? null));
      } catch (error) {
        return send(200, JSON.stringify({ errorMessage: String(error) }), { "x-amz-function-error": "Unhandled" });
      }
    }
    const key = rest.join("/");
    if (first !== bucketName) return send(404, failure("NoSuchBucket"), XML);
    if (request.method === "GET" && searchParams.get("list-type") === "2") return send(200, listOf(bucket), XML);
    const body = bucket.get(key);
    if (request.method === "DELETE") {
      bucket.delete(key);
      return send(204);
    }
    return body === undefined ? send(404, failure("NoSuchKey"), XML) : send(200, body);
  };
  const { port, close } = await listening(listener);
  return {
    /** For the AWS SDK. */
    aws: {
      endpoint: `http://127.0.0.1:${port}`,
      region,
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey: "local" },
    },
    close,
  };
}

const XML = { "content-type": "application/xml" };
const failure = (code: string) => `<Error><Code>${code}</Code><Message>${code}</Message></Error>`;

function listOf(bucket: FolderBucket) {
  const contents = bucket
    .list()
    .map(({ key, at }) => `<Contents><Key>${key}</Key><LastModified>${at.toISOString()}</LastModified></Contents>`);
  return `<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join("")}</ListBucketResult>`;
}
