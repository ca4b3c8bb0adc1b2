import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Readable } from "node:stream";
import type { ServerCertificate } from "./server-certificate.ts";

export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface Listening {
  readonly port: number;
  close(): void;
}

/** Listens on the loopback interface alone. A request that fails, or is given up, ends itself and nothing else. With a certificate over TLS, where it asks for one and wants none. */
export async function listening(listener: Listener, port = 0, tls?: ServerCertificate): Promise<Listening> {
  const answer: Listener = async (request, response) => {
    try {
      await listener(request, response);
    } catch {
      response.destroy();
    }
  };
  // API Gateway takes 10,240 bytes of request line and headers.
  const limit = { maxHeaderSize: 10_240 };
  const asking = { ...limit, ...tls, requestCert: true, rejectUnauthorized: false };
  const server = tls === undefined ? createServer(limit, answer) : createTlsServer(asking, answer);
  await once(server.listen(port, "127.0.0.1"), "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export async function bodyOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Header lines in the order they came: Node joins and drops repeated ones. */
export function headerLines({ rawHeaders }: IncomingMessage): (readonly [string, string])[] {
  const lines: [string, string][] = [];
  for (let i = 0; i < rawHeaders.length; i += 2)
    lines.push([String(rawHeaders[i]).toLowerCase(), String(rawHeaders[i + 1])]);
  return lines;
}
