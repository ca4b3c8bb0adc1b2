import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { approvalChallenge, linkChallenge } from "../../protocol/approval.ts";
import type { QuietHours } from "../../protocol/settings.ts";
import type { ConsentView, Me, RequestScreen } from "../../protocol/wallet.ts";
import type { Activity } from "../../protocol/wallet-activity.ts";
import type { AskView, Elsewhere, MutedApp } from "../../protocol/wallet-asks.ts";
import type { ClosedRequest } from "../../protocol/wallet-closed.ts";
import type { WalletExport } from "../../protocol/wallet-export.ts";
import type { LinkScreen, Place, Source } from "../../protocol/wallet-sources.ts";
import { type AccountWorld, accountRows, newAccount, registration } from "./fake-account.ts";
import { type Listening, listening, page } from "./pages.ts";

/** What the fake exchange knows; a test writes it and reads it back. */
export interface World extends AccountWorld {
  me: Me | undefined;
  requests: RequestScreen[];
  sources: Source[];
  places: Place[];
  links: LinkScreen[];
  consents: ConsentView[];
  muted: MutedApp[];
  activity: Activity;
  /** Statuses to answer instead, by "METHOD /path", with a code where the Wallet looks at it, and what became of the request that is asked for. */
  refuse: Record<string, number | readonly [status: number, error: string, closed?: ClosedRequest]>;
  /** The flow of the redirect door that asks, and what the page that waits for it gets. */
  ask: AskView;
  elsewhere: Elsewhere;
  codeLife: number;
  readonly asked: string[];
}

const seconds = () => Math.floor(Date.now() / 1_000);

export const emptyWorld = (): World => ({
  ...newAccount(),
  me: { name: "June" },
  requests: [],
  sources: [],
  places: [],
  links: [],
  consents: [],
  muted: [],
  activity: { entries: [] },
  refuse: {},
  ask: {
    client: "My Immunizations",
    from: "here",
    startedAt: seconds() - 60,
    expiresAt: seconds() + 840,
    elsewhereAt: "https://as.example/authorize/elsewhere?ask=ask_r1x",
  },
  elsewhere: {
    state: "waiting",
    link: `https://wallet.example/link#/asks/link_r1key1${"Qk3v9".repeat(22)}`,
    number: "47",
    startedAt: seconds() - 60,
    expiresAt: seconds() + 840,
  },
  codeLife: 600,
  asked: [],
});

/** What callers send, as far as the fake reads it. */
interface Body {
  readonly name: string;
  readonly walletName: string | null;
  readonly userCode: string | null;
  readonly quietHours: QuietHours | null;
  readonly reminders: boolean;
  readonly response: { readonly response: { readonly clientDataJSON: string } };
  readonly actions: string[][];
  readonly sources: string[][];
  readonly endsAt: number;
  /** Of a query. */
  readonly of?: string;
  readonly after?: string;
}
export type Answer = readonly [status: number, body?: unknown];

/** `/wallet/…` in memory, with the built pages of `folder` beside it. */
export const fakeExchange = (folder: string, world: () => World): Promise<Listening> =>
  listening(
    createServer(async (request, response) => {
      const [, logo] = /^\/wallet\/logos\/([\w-]+)$/.exec(request.url ?? "") ?? [];
      if (logo !== undefined) return picture(logo, response);
      if (request.url?.startsWith("/wallet/")) return send(response, await answer(request, world()));
      await page(folder, request, response);
    }),
  );

/** One call to the fake, answered from what it knows. */
export async function answer(request: IncomingMessage, world: World): Promise<Answer> {
  const path = new URL(request.url ?? "/", "http://fake").pathname;
  const asked = `${request.method} ${path}`;
  world.asked.push(asked);
  const refused = world.refuse[asked];
  if (refused !== undefined) {
    const [status, error, closed] = typeof refused === "number" ? [refused, "refused"] : refused;
    return [status, { error, error_description: "as the test wants it", closed }];
  }
  const chunks: Buffer[] = await Array.fromAsync(request);
  const text = Buffer.concat(chunks).toString();
  const { searchParams } = new URL(request.url ?? "/", "http://fake");
  const body = text === "" ? Object.fromEntries(searchParams) : JSON.parse(text);
  if (!world.me && !OPEN.test(asked)) return [401, { error: "login_required", error_description: "Sign in." }];
  const [, , collection = "", id = "", step = ""] = path.split("/").map(decodeURIComponent);
  return (rows[`${request.method} ${collection}${id && " id"}${step && ` ${step}`}`] ?? nothing)(world, id, body);
}

/** What needs no session. */
const OPEN = /^(GET \/wallet\/(asks|elsewhere)|\w+ \/wallet\/(account|session|recovery))\b/;

export type Row = (world: World, id: string, body: Body) => Answer | Promise<Answer>;
const nothing: Row = () => [404, { error: "not_found", error_description: "Nothing here." }];
const expiresAt = () => Math.floor(Date.now() / 1_000) + 600;
/** What each setting becomes; undefined when it is switched off. */
const settings: Readonly<Record<string, (body: Body) => object>> = {
  "wallet-name": ({ walletName }) => ({ walletName: walletName ?? undefined }),
  "user-code": ({ userCode }) => ({ hasUserCode: userCode === null ? undefined : true }),
  "quiet-hours": ({ quietHours }) => ({ quietHours: quietHours ?? undefined }),
  reminders: ({ reminders }) => ({ noReminders: reminders ? undefined : true }),
};
const given = (all: object) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));

const rows: Record<string, Row> = {
  ...accountRows,
  "POST account id": (_, __, { name }) => [200, { options: registration(name), challenge: "sealed" }],
  "POST account": (world, _, { name }) => arrived(world, { name }),
  "POST session": (world) => arrived(world, { name: "June" }),
  "DELETE session": (world) => {
    world.me = undefined;
    return [204];
  },
  "GET me": (world) => [200, world.me],
  "PUT me id": (world, setting, body) => {
    const { walletName, hasUserCode, quietHours, noReminders, ...rest } = world.me ?? { name: "" };
    const before = { walletName, hasUserCode, quietHours, noReminders };
    world.me = { ...rest, ...given({ ...before, ...settings[setting]?.(body) }) };
    return [200, world.me];
  },
  "POST devices": () => [204],
  "GET notifications id": ({ consents, requests }, id) => {
    if (id === "note_r1-account") return [200, { opens: "account" }];
    if (id === "note_r1-request") return [200, { opens: "request", id: requests[0]?.id }];
    return id === "note_r1-consent" ? [200, { opens: "consent", id: consents[0]?.id }] : [404];
  },
  "POST codes": (world) => [200, { code: "K7QF-2M9P", expiresAt: Math.floor(Date.now() / 1_000) + world.codeLife }],
  "GET sources": ({ sources }) => [200, { sources }],
  "POST sources id unlink": () => [204],
  "GET asks id": ({ ask }) => [200, ask],
  "POST asks id": ({ requests }) => [200, { id: requests[0]?.id, asks: "data" }],
  "GET elsewhere id": ({ elsewhere }) => [200, elsewhere],
  "GET numbers id": ({ requests: [request] }) =>
    request === undefined ? [404] : [200, { id: request.id, number: "47" }],
  "GET muted": ({ muted }) => [200, { muted }],
  "DELETE muted id": (world, id) => {
    world.muted = world.muted.filter((app) => app.id !== id);
    return [204];
  },
  "GET places": ({ places }) => [200, { places }],
  "GET links id": ({ links }, id) => {
    const found = links.find((link) => link.id === id);
    return found === undefined ? [404] : [200, found];
  },
  "POST links id approve": approveLink,
  "POST links id decline": () => [200, {}],
  "GET claims id": () => [
    200,
    { client: "Family Records", source: "Lakeside Family Clinic", owner: false, name: "Bob" },
  ],
  "GET requests": ({ requests }) => [200, { requests: requests.map(waiting) }],
  "GET requests id": ({ requests }, id) => {
    const found = requests.find((request) => request.id === id);
    return found === undefined ? [404] : [200, found];
  },
  "POST requests id approve": approve,
  "POST requests id decline": (world, id) => {
    world.requests = world.requests.filter((request) => request.id !== id);
    return [204];
  },
  "POST me id": (world, what, body) => {
    if (what !== "erase") return accountRows["POST me id"]?.(world, what, body) ?? [404];
    world.me = undefined;
    return [204];
  },
  "GET export": (world) => [200, exportOf(world)],
  "POST consents id forget": (world, id) => {
    world.consents = world.consents.filter((consent) => consent.id !== id);
    return [204];
  },
  "GET activity": ({ activity }) => [200, activity],
  "GET consents": ({ consents }, _, { of, after }) => {
    const stands = ({ state }: ConsentView) => state === "active" || state === "paused";
    const all = consents.filter((consent) => of === undefined || stands(consent) === (of === "now"));
    const from = Number(after ?? 0);
    return [200, { consents: all.slice(from, from + 50), ...(all.length > from + 50 && { next: String(from + 50) }) }];
  },
  "GET consents id": ({ consents }, id) => {
    const found = consents.find((consent) => consent.id === id);
    return found === undefined ? [404] : [200, found];
  },
  "POST consents id pause": (world, id) => stepped(world, id, { state: "paused", pausedAt: seconds() }),
  "POST consents id keep": (world, id) => {
    world.consents = world.consents.map((consent) => (consent.id === id ? without(consent, "reminder") : consent));
    return stepped(world, id, {});
  },
  "POST consents id shorten": (world, id, { endsAt }) => stepped(world, id, { endsAt, nearer: [] }),
  "POST consents id resume": (world, id) => stepped(world, id, { state: "active" }),
  "POST consents id withdraw": (world, id) => {
    const endedAt = Math.floor(Date.now() / 1_000);
    world.consents = world.consents.map((consent) =>
      consent.id === id ? { ...consent, state: "ended", endedBy: "withdrawn", endedAt } : consent,
    );
    return [200, world.consents.find((consent) => consent.id === id)];
  },
};

function without<T extends object, K extends keyof T>(all: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = all;
  return rest;
}

function stepped(world: World, id: string, step: Partial<ConsentView>): Answer {
  world.consents = world.consents.map((consent) => (consent.id === id ? { ...consent, ...step } : consent));
  return [200, world.consents.find((consent) => consent.id === id)];
}

const exportOf = ({ me = { name: "June" }, sources, consents, activity }: World): WalletExport => ({
  schema: "fpx-wallet-export-1",
  exchange: "https://as.example",
  exportedAt: seconds(),
  account: { ...me, createdAt: seconds() },
  passkeys: [],
  devices: [],
  sources,
  consents: consents.map((consent) => ({ ...consent, shown: [] })),
  activity: activity.entries,
});

function arrived(world: World, me: Me): Answer {
  world.me = me;
  return [200, { person: me, expiresAt: expiresAt(), token: "session-token" }];
}

const waiting = ({ id, notice, createdAt, expiresAt }: RequestScreen) => ({
  id,
  client: notice.client.name,
  ...(notice.client.logo !== undefined && { logo: notice.client.logo }),
  ...(notice.signIn && { signIn: true }),
  titles: notice.asked.map(({ title }) => title),
  createdAt,
  expiresAt,
});

/** Accepts an approval only if the passkey signed exactly what was submitted. */
async function approve(world: World, id: string, body: Body): Promise<Answer> {
  const screen = world.requests.find((request) => request.id === id);
  if (screen === undefined) return [410, { error: "gone", error_description: "Closed." }];
  const { response, ...chosen } = body;
  const expected = await approvalChallenge({ v: 1, decision: "approve", request: id, ...chosen } as never);
  const signed = JSON.parse(Buffer.from(response.response.clientDataJSON, "base64url").toString());
  if (signed.challenge !== expected)
    return [422, { error: "invalid_request", error_description: "Not what was asked." }];
  const names = new Map(screen.notice.asked.flatMap(({ sources }) => sources.map(({ id, name }) => [id, name])));
  const { actions, sources, endsAt } = chosen;
  const consent: ConsentView = {
    id,
    client: screen.notice.client.name,
    state: "active",
    ...(screen.notice.signIn && { signIn: true }),
    kinds: screen.notice.asked.map(({ title, purpose }, index) => ({
      title,
      purpose,
      actions: actions[index] ?? [],
      sources: (sources[index] ?? []).map((source) => names.get(source) ?? source),
    })),
    createdAt: screen.createdAt,
    decidedAt: Math.floor(Date.now() / 1_000),
    endsAt,
  };
  world.requests = world.requests.filter((request) => request.id !== id);
  world.consents = [consent, ...world.consents];
  return [200, consent];
}

/** Accepts a yes only if the passkey signed exactly what was submitted. */
async function approveLink(_: World, id: string, body: Body): Promise<Answer> {
  const { response, ...seen } = body;
  const expected = await linkChallenge({ v: 1, decision: "link", request: id, ...seen } as never);
  const signed = JSON.parse(Buffer.from(response.response.clientDataJSON, "base64url").toString());
  if (signed.challenge !== expected) return [401, { error: "login_required", error_description: "Not signed." }];
  return [200, { continueAt: "#/" }];
}

/** A logo of the demo network, by its name in place of a hash. */
async function picture(name: string, response: ServerResponse): Promise<void> {
  const folder = new URL("../../examples/demo-network/logos/", import.meta.url);
  const png = await readFile(new URL(`${name}.png`, folder)).catch(() => undefined);
  response.writeHead(png === undefined ? 404 : 200, { "content-type": "image/png" }).end(png);
}

export function send(response: ServerResponse, [status, body]: Answer, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
