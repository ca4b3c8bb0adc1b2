import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

interface Seen {
  readonly request: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server of somebody the exchange calls, on this machine: what it saw, and what it answers, which may change. */
export async function stranger(first: RequestListener) {
  const seen: Seen[] = [];
  let answer = first;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    seen.push({ request: `${request.method} ${request.url}`, headers: request.headers, body });
    answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    seen,
    answers: (next: RequestListener) => {
      answer = next;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export const json =
  (content: unknown): RequestListener =>
  (_, response) =>
    response.setHeader("content-type", "application/json").end(JSON.stringify(content));
