import type { JWK } from "jose";
import {
  type CustomFetch,
  clientCredentialsGrant,
  fetchProtectedResource,
  getDPoPHandle,
  randomDPoPKeyPair,
} from "openid-client";
import { connection } from "../exchange.ts";
import { RefusedRequest, rethrown } from "../refused-request.ts";
import type { Entries, Kind, Pictured, Shown, Suspendable } from "./entries.ts";

export interface OperatorOptions {
  readonly issuer: string;
  /** The operator's private JWK; its public half is the exchange's parameter `OperatorJwk`. */
  readonly key: JWK;
  /** Default `operator`, the first operator of an exchange. */
  readonly client_id?: string;
  readonly fetch?: CustomFetch;
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

export interface Operator {
  /** Registers one entry; adding what is there already, unchanged, is no error: `created` is false. */
  add<K extends Kind>(kind: K, entry: Entries[K]): Promise<{ created: boolean; entry: Shown[K] }>;
  /** Every entry of a kind. */
  list<K extends Kind>(kind: K): Promise<readonly Shown[K][]>;
  /** One entry: by the name of a definition's type, the slug of a purpose, the id of a Capability Ticket, the client_id of a party, the host of a statement issuer. */
  show<K extends Kind>(kind: K, id: string): Promise<Shown[K]>;
  /** From 5 seconds later nothing of a party works, at any gate, and no issuer's statement counts. */
  suspend<K extends Suspendable>(kind: K, id: string): Promise<Shown[K]>;
  /** A square PNG, 48 to 512 pixels wide, at most 16 384 bytes: what people see beside the name it has now. */
  setLogo<K extends Pictured>(kind: K, id: string, png: Uint8Array): Promise<Shown[K]>;
  /** Initials stand for the name again. */
  removeLogo<K extends Pictured>(kind: K, id: string): Promise<Shown[K]>;
  /** What was not ended meanwhile works again. */
  resume<K extends Suspendable>(kind: K, id: string): Promise<Shown[K]>;
}

/**
 * The operator API of one exchange. Access tokens (scope `operate`, bound to a DPoP key of this object) are fetched
 * when needed and kept until shortly before they expire.
 *
 * @throws {RefusedRequest} from every method, when the exchange refuses.
 * @see docs/operator.md
 */
export function operator({ issuer, key, client_id = "operator", fetch }: OperatorOptions): Operator {
  const exchange = connection({ issuer, client_id, key, ...(fetch !== undefined && { fetch }) });
  let granted: { access_token: string; until: number } | undefined;
  const dpopKey = randomDPoPKeyPair("ES256");

  async function request(method: Method, path: string, entry?: unknown): Promise<Response> {
    const config = await exchange();
    const DPoP = getDPoPHandle(config, await dpopKey);
    if (granted === undefined || granted.until <= Date.now()) {
      const answer = await clientCredentialsGrant(config, { scope: "operate" }, { DPoP });
      granted = { access_token: answer.access_token, until: Date.now() + ((answer.expires_in ?? 60) - 15) * 1_000 };
    }
    const body = entry === undefined ? null : JSON.stringify(entry);
    const headers = new Headers(body === null ? {} : { "content-type": "application/json" });
    const url = new URL(`${issuer}/operator/${path}`);
    return fetchProtectedResource(config, granted.access_token, url, method, body, headers, { DPoP });
  }

  async function answered(method: Method, path: string, entry?: unknown) {
    const response = await request(method, path, entry).catch((failure) => {
      granted = undefined;
      return rethrown(failure);
    });
    if (!response.ok) throw await RefusedRequest.of(response);
    return { status: response.status, json: await response.json() };
  }

  return {
    async add(kind, entry) {
      const { status, json } = await answered("POST", kind, entry);
      return { created: status === 201, entry: json };
    },
    list: async (kind) => (await answered("GET", kind)).json[kind],
    show: async (kind, id) => (await answered("GET", `${kind}/${encodeURIComponent(id)}`)).json,
    suspend: async (kind, id) => (await answered("POST", `${kind}/${encodeURIComponent(id)}/suspend`)).json,
    resume: async (kind, id) => (await answered("POST", `${kind}/${encodeURIComponent(id)}/resume`)).json,
    setLogo: async (kind, id, bytes) => {
      const png = btoa(String.fromCharCode(...bytes));
      return (await answered("PUT", `${kind}/${encodeURIComponent(id)}/logo`, { png })).json;
    },
    removeLogo: async (kind, id) => (await answered("DELETE", `${kind}/${encodeURIComponent(id)}/logo`)).json,
  };
}
