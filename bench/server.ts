import { listening } from "../local/http-server.ts";
import type { PeerName, Start } from "./peers.ts";
import { answering } from "./pinned.ts";

/** One server in its process: `server.ts <peer>`. Started by a message; afterwards each message asks what it has used. */
const open: Readonly<Record<PeerName, (start: Start) => Promise<{ listener: never; peer: object }>>> = {
  "oidc-provider": async (start) => (await import("./servers/oidc-provider.ts")).oidcProvider(start) as never,
  memory: async (start) => (await import("./servers/memory.ts")).memory(start) as never,
  dynamodb: async (start) => (await import("./servers/dynamodb.ts")).dynamodb(start) as never,
};

const name = process.argv[2] as PeerName;

answering(async (question: { start?: Start }) => {
  if (question.start === undefined) return process.cpuUsage();
  const { listener, peer } = await open[name](question.start);
  const { port } = await listening(listener);
  return { ...peer, port };
});
