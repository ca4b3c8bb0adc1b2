import type { IncomingMessage } from "node:http";
import type { FunctionName } from "../lib/functions.ts";
import type { Prepared } from "./load.ts";
import type { Peer } from "./peers.ts";
import { type Row, rows, type Signers } from "./rows.ts";
import { eventOf } from "./servers/handlers.ts";

/** What a function is called with, again and again, and how it answers. */
export interface Call {
  readonly what: string;
  readonly status: number;
  readonly event: () => Promise<unknown>;
}

const named = (start: string): Row => {
  const row = rows.find(({ name }) => name.startsWith(start));
  if (row === undefined) throw new Error(`no row ${start}`);
  return row;
};
export const form = ({ path, headers, body }: Prepared) =>
  eventOf({ method: "POST", headers } as unknown as IncomingMessage, path, Buffer.from(body).toString("base64"));
const plain = (method: string, path: string, headers: Record<string, string> = {}, route = path) => ({
  ...eventOf({ method, headers } as unknown as IncomingMessage, path, ""),
  routeKey: `ANY ${route}`,
});
const always = (what: string, status: number, event: unknown): Call => ({ what, status, event: async () => event });

/** A call for each function; what needs a token and has none shows how a refusal is answered. */
export async function calls(
  peer: Omit<Peer, "port">,
  signers: Signers,
  send: (request: Prepared) => Promise<string>,
): Promise<Readonly<Record<FunctionName, Call>>> {
  const asRow = async (start: string, what: string, status: number): Promise<Call> => {
    const one = await named(start).prepare({ ...peer, port: 0 }, signers, send);
    return { what, status, event: async () => form(await one()) };
  };
  const consent = { pk: { S: "CONSENT#nobody" }, kind: { S: "consent" }, state: { S: "requested" } };
  return {
    discovery: always("key set", 200, plain("GET", "/jwks")),
    authorize: await asRow("pushed", "pushed request", 201),
    token: await asRow("the same with DPoP", "client_credentials, DPoP", 200),
    introspect: await asRow("introspection", "introspection", 200),
    register: always("refusal", 401, plain("GET", "/register/nobody", {}, "/register/{client_id}")),
    protection: always("refusal", 401, plain("GET", "/rreg")),
    wallet: always("refusal", 401, plain("GET", "/wallet/me")),
    operator: always("refusal", 401, plain("GET", "/operator/clients", {}, "/operator/{kind}")),
    notify: always("a consent that is gone", 200, {
      Records: [{ eventName: "INSERT", dynamodb: { NewImage: consent, SequenceNumber: "1" } }],
    }),
    deliver: always("an empty batch", 200, { Records: [] }),
    due: always("nothing is due", 200, {}),
    erase: always("nobody asked", 200, {}),
    endpoints: always("no platform application", 200, {}),
    keys: always("no turn is due", 200, {}),
  };
}
