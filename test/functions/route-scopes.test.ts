import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Route, routes } from "../../functions/routes.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { type Party, refusal } from "../support/parties.ts";

/** N-59: every route of functions/routes.ts with no credential, and with a good one that is for something else. */
let exchange: TestExchange;
/** Good tokens of every scope a party can have, and who holds each. */
const held = new Map<string, { readonly holder: Party; readonly token: string }>();
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  const net = await network(exchange);
  const scope = "grant_management_query grant_management_revoke";
  const manager = await net.client("Manager", { scope, grant_types: ["client_credentials"] });
  const holders = { operate: net.root, uma_protection: net.provincial } as Record<string, Party>;
  for (const value of scope.split(" ")) holders[value] = manager;
  for (const [value, holder] of Object.entries(holders)) held.set(value, { holder, token: await holder.token(value) });
});
afterAll(() => exchange.close());

interface Expected {
  /** Where the route is called. */
  readonly origin: string;
  readonly without: string | undefined;
  /** With a token of another scope. */
  readonly other: string | undefined;
}

const scoped = { origin: issuer, without: "401 invalid_token", other: "403 insufficient_scope" } as const;
/** What each kind of right answers to who has it not; undefined where it asks for none. */
const rights: Readonly<Record<Route["rights"], Expected>> = {
  anyone: { origin: issuer, without: undefined, other: undefined },
  browser: {
    origin: issuer,
    without: `303 ${walletOrigin}/#/stopped/browser`,
    other: `303 ${walletOrigin}/#/stopped/browser`,
  },
  client: { origin: issuer, without: "401 invalid_client", other: "401 invalid_client" },
  initial_access_token: { origin: issuer, without: "401 invalid_token", other: "401 invalid_token" },
  registration_access_token: { origin: issuer, without: "401 invalid_token", other: "401 invalid_token" },
  // Made for another audience.
  openid: { origin: issuer, without: "401 invalid_token", other: "401 invalid_token" },
  uma_protection: scoped,
  operate: scoped,
  grant_management_query: scoped,
  grant_management_revoke: scoped,
  web_origin: { origin: walletOrigin, without: "403 forbidden", other: undefined },
  handle: { origin: walletOrigin, without: "404 not_found", other: undefined },
  person: { origin: walletOrigin, without: "401 login_required", other: "401 login_required" },
};

/** RFC 7662 §2.1 with UMA FedAuthz §5: introspection takes a PAT in place of client authentication, and refuses any other token as such. */
const byPat = (path: string) => (path === "/introspect" ? ["401 invalid_token", "403 insufficient_scope"] : []);

const table = routes.flatMap(({ methods, path, rights: right }) =>
  methods.map((method): [string, string, Route["rights"]] => [method, path, right]),
);

/** What a call answers; a form where Clients authenticate, JSON elsewhere. */
async function answer(method: string, path: string, right: Route["rights"], headers: Record<string, string> = {}) {
  const target = path.replace("{kind}", "definitions").replace(/\{\w+\}/g, "x");
  const writes = method === "POST" || method === "PUT";
  const body = right === "client" ? new URLSearchParams({ token: "x", client_id: "client_x" }) : "{}";
  const type = right === "client" ? {} : { "content-type": "application/json" };
  // Whoever comes to the Wallet's surface comes from the Wallet: the session is what is missing.
  const origin = right === "person" && method !== "GET" ? { origin: walletOrigin } : {};
  const response = await exchange.fetch(rights[right].origin + target, {
    method,
    headers: { ...origin, ...(writes && type), ...headers },
    ...(writes && { body }),
    redirect: "manual",
  });
  const location = response.headers.get("location");
  if (location !== null) return `${response.status} ${location}`;
  return response.ok ? String(response.status) : refusal(response);
}

describe.each(table)("N-59 %s %s", (method, path, right) => {
  const { origin, without, other } = rights[right];
  test(`for ${right}: without a credential`, async () => {
    if (without !== undefined) expect(await answer(method, path, right)).toBe(without);
    else expect(await answer(method, path, right)).toMatch(/^(200|303 )/);
  });
  if (other === undefined) return;
  test(`for ${right}: with a good token of each other scope, and with garbage`, async () => {
    const target = origin + path.replace("{kind}", "definitions").replace(/\{\w+\}/g, "x");
    for (const [scope, { holder, token }] of held) {
      if (scope === right || (path === "/introspect" && scope === "uma_protection")) continue;
      const dpop = await holder.proof(method, target, { token });
      const said = await answer(method, path, right, { authorization: `DPoP ${token}`, dpop });
      expect([other, ...byPat(path)], scope).toContain(said);
      const bearer = await answer(method, path, right, { authorization: `Bearer ${token}` });
      expect([without, ...byPat(path)], scope).toContain(bearer);
    }
  });
});
