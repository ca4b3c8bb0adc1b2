import type { ServerResponse } from "node:http";
import type { Json } from "./assembly.ts";
import { TimedOut } from "./function-host.ts";
import { httpEvent, type MatchedRoute, target } from "./http-event.ts";
import { bodyOf, type Listener } from "./http-server.ts";

export interface ApiRoute {
  /** `ANY /rreg/{id}`, `GET /jwks` or `$default`. */
  readonly key: string;
  readonly invoke: (event: unknown) => Promise<Json>;
}

interface Candidate extends ApiRoute {
  readonly method: string;
  readonly pattern: RegExp;
  readonly rank: number;
}

const largestBody = 10 * 1024 * 1024;

/** API Gateway's HTTP API: which route takes a request, what its function is told, and what becomes of its answer. */
export function httpApi(routes: readonly ApiRoute[]): Listener {
  const candidates = routes.map(candidate).sort((one, other) => one.rank - other.rank);

  return async (request, response) => {
    const { path } = target(request);
    const found = candidates.find(
      ({ method, pattern }) => (method === "ANY" || method === request.method) && pattern.test(path),
    );
    const body = await bodyOf(request);
    if (found === undefined) return refuse(response, 404, "Not Found");
    if (body.length > largestBody) return refuse(response, 413, "Request Entity Too Large");
    const groups = found.pattern.exec(path)?.groups;
    const route: MatchedRoute = { routeKey: found.key, pathParameters: groups && { ...groups } };
    try {
      answer(response, await found.invoke(httpEvent(request, route, body)));
    } catch (error) {
      if (error instanceof TimedOut) return refuse(response, 503, "Service Unavailable");
      return refuse(response, 500, "Internal Server Error");
    }
  };
}

/** Full matches come before variables, a method before ANY, `$default` last. */
function candidate(route: ApiRoute): Candidate {
  if (route.key === "$default") return { ...route, method: "ANY", pattern: /^/, rank: Number.POSITIVE_INFINITY };
  const [method = "", path = ""] = route.key.split(" ");
  const segments = path.split(/\{(\w+)\}/);
  const pattern = segments.map((part, i) => (i % 2 ? `(?<${part}>[^/]+)` : RegExp.escape(part))).join("");
  return { ...route, method, pattern: new RegExp(`^${pattern}$`), rank: segments.length + (method === "ANY" ? 1 : 0) };
}

function refuse(response: ServerResponse, status: number, message: string) {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ message }));
}

/** Payload format 2.0: an object with `statusCode` is the response, anything else is the body of a 200. */
function answer(response: ServerResponse, value: Json) {
  if (typeof value !== "object" || value === null || value.statusCode === undefined) {
    response.writeHead(200, { "content-type": "application/json" });
    return void response.end(typeof value === "string" ? value : JSON.stringify(value ?? null));
  }
  const { statusCode, headers = {}, cookies, body = "", isBase64Encoded } = value;
  if (typeof body !== "string") throw new TypeError("a body is a string");
  const content = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  const names = Object.fromEntries(Object.entries(headers).map(([name, it]) => [name.toLowerCase(), String(it)]));
  response.writeHead(statusCode, {
    ...(content.length > 0 && { "content-type": "text/plain; charset=utf-8", "content-length": content.length }),
    ...names,
    ...(cookies !== undefined && { "set-cookie": cookies }),
  });
  response.end(content);
}
