import type { Resource } from "../local/assembly.ts";
import { load } from "./load.ts";
import { type Peer, type PeerName, peerNames } from "./peers.ts";
import { program, SERVERS } from "./pinned.ts";
import { type Row, rows, type Signers } from "./rows.ts";
import { signer } from "./signing.ts";
import { type Spread, spreadOf } from "./statistics.ts";

export interface Compared {
  readonly row: Row;
  /** Answers a second of the server's CPU time: what a core of its own gives, however busy the machine is otherwise. */
  readonly perSecond: Readonly<Record<PeerName, Spread>>;
  /** Times oidc-provider in the same round, by CPU time and by the clock on the wall. */
  readonly ratio: Readonly<Record<PeerName, Spread>>;
  readonly byTheClock: Readonly<Record<PeerName, Spread>>;
}

export interface Effort {
  readonly warmUp: number;
  readonly rounds: readonly [least: number, most: number];
  readonly roundMs: number;
}

/** All rows on three servers side by side. */
export async function compared(tables: readonly Resource[], effort: Effort): Promise<readonly Compared[]> {
  const signers: Signers = {
    client: await signer("client"),
    resourceServer: await signer("source"),
    proofs: await signer(),
  };
  const start = { client: signers.client.jwk, resourceServer: signers.resourceServer.jwk, tables };
  const peers = await Promise.all(peerNames.map((name) => opened(name, start)));
  try {
    const results: Compared[] = [];
    for (const row of rows) results.push(await measured(row, peers, signers, effort));
    return results;
  } finally {
    for (const { end } of peers) end();
  }
}

async function opened(name: PeerName, start: object) {
  const server = program("server.ts", [name], SERVERS);
  const peer = await server.ask<Peer>({ start });
  const connections = load(peer.port);
  return {
    name,
    peer,
    connections,
    cpuMs: async () => {
      const { user, system } = await server.ask<NodeJS.CpuUsage>({});
      return (user + system) / 1000;
    },
    end: () => {
      connections.close();
      server.end();
    },
  };
}

type Opened = Awaited<ReturnType<typeof opened>>;

async function measured(row: Row, peers: readonly Opened[], signers: Signers, effort: Effort): Promise<Compared> {
  const lanes = await Promise.all(
    peers.map(async ({ name, peer, connections, cpuMs }) => {
      const one = await row.prepare(peer, signers, connections.answer);
      const lane = { name, connections, cpuMs, one, size: effort.warmUp, cpu: [] as number[], wall: [] as number[] };
      const { cpu } = await round(lane);
      lane.size = Math.max(20, Math.min(1_500, Math.round(effort.roundMs / cpu)));
      return lane;
    }),
  );
  const [least, most] = effort.rounds;
  for (let n = 0; n < most && (n < least || isUnsettled(lanes)); n++)
    for (const lane of lanes) {
      const { cpu, wall } = await round(lane);
      lane.cpu.push(cpu);
      lane.wall.push(wall);
    }
  const byPeer = (value: (lane: (typeof lanes)[number]) => readonly number[]) =>
    Object.fromEntries(lanes.map((lane) => [lane.name, spreadOf(value(lane))])) as Record<PeerName, Spread>;
  return {
    row,
    perSecond: byPeer(({ cpu }) => cpu.map((ms) => 1000 / ms)),
    ratio: byPeer(({ cpu }) => ratios(lanes[0]?.cpu ?? [], cpu)),
    byTheClock: byPeer(({ wall }) => ratios(lanes[0]?.wall ?? [], wall)),
  };
}

const ratios = (theirs: readonly number[], ours: readonly number[]) =>
  ours.map((ms, round) => (theirs[round] ?? Number.NaN) / ms);

interface Lane extends Pick<Opened, "connections" | "cpuMs"> {
  readonly one: () => ReturnType<Awaited<ReturnType<Row["prepare"]>>>;
  readonly size: number;
}

/** Milliseconds a request, of the server's CPU and by the clock; signing is over before it begins. */
async function round({ connections, cpuMs, one, size }: Lane) {
  const requests = [];
  for (let n = 0; n < size; n++) requests.push(await one());
  const before = await cpuMs();
  const wall = (await connections.run(requests)) / size;
  return { cpu: ((await cpuMs()) - before) / size, wall };
}

/** While the median of a ratio may still be off by some 3 %. */
function isUnsettled(lanes: readonly { readonly cpu: readonly number[] }[]): boolean {
  return lanes.slice(1).some(({ cpu }) => {
    const { median, p10, p90 } = spreadOf(ratios(lanes[0]?.cpu ?? [], cpu));
    return (p90 - p10) / median / Math.sqrt(cpu.length) > 0.03;
  });
}
