import { createServer, type IncomingMessage } from "node:http";

export type Handler = (request: Request) => Response | Promise<Response>;

export interface Served {
  readonly origin: string;
  close(): Promise<void>;
}

const LARGEST_BODY = 32 * 1024;

/** Serves a fetch-style handler on this machine only. URLs are made from the port, never from `Host`. */
export async function serve(port: number, handler: Handler): Promise<Served> {
  const origin = `http://localhost:${port}`;
  const server = createServer(async (incoming, outgoing) => {
    const response = await respond(origin, incoming, handler);
    outgoing.writeHead(response.status, [...response.headers].flat());
    outgoing.end(new Uint8Array(await response.arrayBuffer()));
  });
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", listening);
  });
  return {
    origin,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function respond(origin: string, incoming: IncomingMessage, handler: Handler): Promise<Response> {
  try {
    return await handler(await requestOf(origin, incoming));
  } catch (failure) {
    if (failure instanceof RangeError) return new Response("Too large", { status: 413 });
    console.error(failure);
    return new Response("Something went wrong", { status: 500 });
  }
}

/** Repeated headers arrive comma-joined, as they do behind API Gateway. */
async function requestOf(origin: string, incoming: IncomingMessage): Promise<Request> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new RangeError("body too large");
    chunks.push(chunk);
  }
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) headers.set(name, (values ?? []).join(", "));
  const method = incoming.method ?? "GET";
  const body = method === "GET" || method === "HEAD" ? null : new Blob(chunks);
  return new Request(new URL(`${origin}${incoming.url?.startsWith("/") ? incoming.url : "/"}`), {
    method,
    headers,
    body,
  });
}
