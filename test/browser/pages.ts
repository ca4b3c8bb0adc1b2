import { readFile } from "node:fs/promises";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** One built file, under the policy the pages must live with; `connect` adds an origin it may call. */
export async function page(folder: string, request: IncomingMessage, response: ServerResponse, connect = "") {
  const path = new URL(request.url ?? "/", "http://fake").pathname;
  const name = extname(path) === "" ? "/index.html" : path;
  const bytes = await readFile(join(folder, name)).catch(() => undefined);
  response.writeHead(bytes === undefined ? 404 : 200, {
    "content-type": TYPES[extname(name)] ?? "text/plain",
    "content-security-policy": `default-src 'self'; connect-src 'self' ${connect}; frame-ancestors 'self'`,
  });
  response.end(bytes);
}

export interface Listening {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** A server on a free port of this machine. */
export async function listening(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
