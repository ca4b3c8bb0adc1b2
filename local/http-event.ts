import type { IncomingMessage } from "node:http";
import { account } from "./assembly.ts";
import { headerLines } from "./http-server.ts";

export interface MatchedRoute {
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
}

/** Only these arrive as text; form bodies do not. */
const text = /^(text\/.*|application\/(json|xml|javascript))\s*(;|$)/i;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** What an HTTP API tells a function: payload format 2.0. */
export function httpEvent(request: IncomingMessage, { routeKey, pathParameters }: MatchedRoute, body: Buffer) {
  const { path, query } = target(request);
  const lines = headerLines(request);
  const headers = joined(lines.filter(([name]) => name !== "cookie"));
  const cookies = lines.filter(([name]) => name === "cookie").flatMap(([, value]) => value.split(/;\s*/));
  const isText = text.test(headers["content-type"] ?? "");
  const now = new Date();
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(query !== "" && { queryStringParameters: joined([...new URLSearchParams(query)]) }),
    ...(pathParameters && { pathParameters }),
    requestContext: {
      accountId: account,
      apiId: "local",
      domainName: headers["host"] ?? "",
      domainPrefix: "local",
      http: {
        method: request.method ?? "",
        path,
        protocol: "HTTP/1.1",
        sourceIp: request.socket.remoteAddress ?? "",
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: crypto.randomUUID(),
      routeKey,
      stage: "$default",
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? "utf8" : "base64") }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** The decoded path and the query as it was sent. */
export function target({ url = "/" }: IncomingMessage) {
  const [path = "/", query = ""] = url.split(/\?(.*)/s);
  return { path: decoded(path), query };
}

function decoded(path: string) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Repeated names become one, with their values joined by commas. */
function joined(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const values = Object.groupBy(pairs, ([name]) => name);
  return Object.fromEntries(
    Object.entries(values).map(([name, same = []]) => [name, same.map(([, value]) => value).join(",")]),
  );
}

/** 12/Mar/2020:19:03:58 +0000 */
function commonLogTime(date: Date) {
  const [day, time = ""] = date.toISOString().split("T");
  const [year, month, dayOfMonth] = String(day).split("-");
  return `${dayOfMonth}/${months[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}
