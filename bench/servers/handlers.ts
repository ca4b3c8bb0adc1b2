import type { IncomingMessage, ServerResponse } from "node:http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Exchange } from "../../core/exchange.ts";
import { type HttpFunction, routes } from "../../functions/routes.ts";
import type { Start } from "../peers.ts";
import { seeded } from "../seed.ts";

type Handler = (event: APIGatewayProxyEventV2, context: never) => Promise<APIGatewayProxyStructuredResultV2>;

const measured: Readonly<Partial<Record<HttpFunction, () => Promise<{ handler: Handler }>>>> = {
  token: () => import("../../functions/token.ts"),
  introspect: () => import("../../functions/introspect.ts"),
  authorize: () => import("../../functions/authorize.ts"),
};

/** The Lambda handlers behind a plain node:http listener, with a network of their own. */
export async function handlersBehindHttp(start: Start, open: () => Promise<Exchange>) {
  const handlers = new Map<string, Handler>();
  for (const { path, function: name } of routes) {
    const load = measured[name];
    if (load !== undefined) handlers.set(path, (await load()).handler);
  }
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const { url = "" } = request;
    const handler = handlers.get(url);
    if (handler === undefined) return void response.writeHead(404).end();
    const body = await bodyOf(request);
    const {
      statusCode = 200,
      headers = {},
      body: answer = "",
    } = await handler(eventOf(request, url, body), {} as never);
    response.writeHead(statusCode, { ...headers, "content-length": Buffer.byteLength(answer) } as never).end(answer);
  };
  return { listener, peer: await seeded(await open(), start) };
}

/** In base64, as API Gateway hands forms over. */
function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  return new Promise((read) =>
    request.on("data", (chunk) => chunks.push(chunk)).on("end", () => read(Buffer.concat(chunks).toString("base64"))),
  );
}

/** As API Gateway's payload format 2.0 has it. */
export function eventOf({ method = "", headers }: IncomingMessage, path: string, body: string): APIGatewayProxyEventV2 {
  const http = { method, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "bench" };
  return {
    version: "2.0",
    routeKey: `ANY ${path}`,
    rawPath: path,
    rawQueryString: "",
    headers: headers as Record<string, string>,
    requestContext: { http, requestId: "bench", routeKey: `ANY ${path}`, timeEpoch: Date.now() } as never,
    body,
    isBase64Encoded: true,
  };
}
