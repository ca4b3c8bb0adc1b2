import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** RFC 8030 §5: takes what is sent to a subscription, and answers as it is told. */
export async function pushService() {
  const seen: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer }[] = [];
  const it = { seen, status: 201, headers: {} as Record<string, string>, url: "", close: () => server.close() };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = await Array.fromAsync(request);
    seen.push({ path: String(request.url), headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(it.status, it.headers).end();
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  it.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return it;
}
