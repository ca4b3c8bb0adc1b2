import type { ServerResponse } from "node:http";
import { pages } from "./edge.ts";
import { target } from "./http-event.ts";
import type { Listener } from "./http-server.ts";
import type { Push } from "./sns.ts";

interface Kept {
  readonly event: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

const mostKept = 20;
const keptFor = 15 * 60_000;

/** Its own pages may frame each other: a page in the shape of a phone, with Navigator in it. */
const headers = (walletOrigin: string) => ({
  "content-security-policy": [
    "default-src 'self'",
    "style-src 'self'",
    `img-src 'self' ${walletOrigin}`,
    `connect-src 'self' ${walletOrigin}`,
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
});

/** June's phone: the Navigator build, the address of its API, and what FCM or APNs would bring to the device with a token. */
export function phone(folder: string, walletOrigin: string) {
  const connected = new Map<string, Set<ServerResponse>>();
  const kept = new Map<string, Kept[]>();
  const files = pages(folder, headers(walletOrigin));

  const deliver = ({ token, messageId, platform, payload }: Push) => {
    const event = `data: ${JSON.stringify({ messageId, platform, payload })}\n\n`;
    const open = connected.get(token) ?? new Set();
    for (const response of open) response.write(event);
    if (open.size > 0) return;
    kept.set(token, [...(kept.get(token) ?? []), { event, until: Date.now() + keptFor }].slice(-mostKept));
  };

  function connect(token: string, response: ServerResponse) {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(": connected\n\n");
    for (const { event, until } of kept.get(token) ?? []) if (until > Date.now()) response.write(event);
    kept.delete(token);
    const open = connected.get(token) ?? new Set();
    connected.set(token, open.add(response));
    response.on("close", () => open.delete(response));
  }

  const listener: Listener = (request, response) => {
    const { path, query } = target(request);
    if (path === "/phone/notifications") return connect(new URLSearchParams(query).get("token") ?? "", response);
    if (path !== "/fpx.json") return files(request, response);
    response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
    return response.end(JSON.stringify({ api: walletOrigin }));
  };
  return { listener, deliver };
}
