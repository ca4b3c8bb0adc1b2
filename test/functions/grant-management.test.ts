import { afterAll, beforeAll, expect, test } from "vitest";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
/** Registered to manage its grants, like `sibling`. */
let manager: Party;
let sibling: Party;
const ciba = "urn:openid:params:grant-type:ciba";
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  const managing = {
    scope: "openid grant_management_query grant_management_revoke",
    grant_types: [ciba, "refresh_token", "client_credentials"],
  };
  manager = await net.client("Manager", managing);
  sibling = await net.client("Sibling", managing);
});
afterAll(() => exchange.close());

const later = stillClock();
const ask = async (app: Party, more: Record<string, string> = {}) =>
  app.post("/bc-authorize", {
    scope: "openid immunization-history.read",
    login_hint: await net.june.code("app"),
    binding_message: "A",
    ...more,
  });

async function granted(app: Party = manager, more: Record<string, string> = {}) {
  const { auth_req_id } = await answered(ask(app, more));
  const screen = await net.june.waiting();
  await net.june.approve(screen, { endsAt: screen.notice.durations[0]?.endsAt ?? 0 });
  const resource = "https://registry.test";
  const tokens = await answered(app.post("/token", { grant_type: ciba, auth_req_id: String(auth_req_id), resource }));
  return { ...(tokens as Tokens), auth_req_id: String(auth_req_id), consentId: screen.id };
}
type Tokens = Partial<Record<"grant_id" | "access_token" | "refresh_token", string>> & {
  readonly authorization_details?: readonly { readonly locations: readonly [string] }[];
};
const query = async (grantId = "", app = manager) =>
  app.call("GET", `/grants/${grantId}`, await app.token("grant_management_query"));
const revoke = async (grantId = "", app = manager) =>
  app.call("DELETE", `/grants/${grantId}`, await app.token("grant_management_revoke"));
const introspect = ({ access_token = "" }: Tokens) =>
  answered(net.provincial.post("/introspect", { token: access_token }));
const refresh = ({ refresh_token = "" }: Tokens, app = manager) =>
  app.post("/token", { grant_type: "refresh_token", refresh_token });

test("Grant Management §7.1 the metadata says what is there", async () => {
  expect(await answered(exchange.fetch(`${issuer}/.well-known/oauth-authorization-server`))).toMatchObject({
    grant_management_endpoint: `${issuer}/grants`,
    grant_management_actions_supported: ["query", "revoke", "create", "merge", "replace"],
    grant_management_action_required: false,
    scopes_supported: expect.arrayContaining(["grant_management_query", "grant_management_revoke"]),
  });
});

test("Grant Management §5.5 a Client that is registered for it, or asks to create one, is told a grant_id; no other is", async () => {
  const first = await granted();
  const second = await granted();
  expect(first.grant_id).toMatch(/^grant_r1/);
  expect(first.grant_id).not.toBe(second.grant_id);
  expect(first.grant_id).not.toContain(first.consentId);
  expect(await granted(net.app, { grant_management_action: "create" })).toHaveProperty("grant_id");
  expect(await granted(net.app)).not.toHaveProperty("grant_id");
  expect(await answered(refresh(first))).not.toHaveProperty("grant_id");
});

test("Grant Management §6.4 a query tells what was granted, from where, and no token", async () => {
  const { grant_id, authorization_details } = await granted();
  const response = await query(grant_id);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const sources = (authorization_details ?? []).flatMap(({ locations }) => locations);
  expect(sources.toSorted()).toEqual(["https://clinic.test", "https://registry.test"]);
  expect(await answered(response)).toEqual({
    scopes: [
      { scope: "openid" },
      ...sources.map((source) => ({ scope: "immunization-history.read", resource: [source] })),
    ],
    claims: [],
    authorization_details: sources.map((source) => ({
      type: "https://fpx.example/definitions/immunization-history",
      actions: ["read"],
      purpose: "immunization-calendar",
      locations: [source],
    })),
  });
});

test("Grant Management §6.5 revoking ends the consent: its tokens die, the person sees who ended it", async () => {
  const grant = await granted();
  const other = await granted();
  expect(await introspect(grant)).toMatchObject({ active: true });
  expect((await revoke(grant.grant_id)).status).toBe(204);
  expect(await introspect(grant)).toEqual({ active: false });
  expect(await refusal(refresh(grant))).toBe("400 invalid_grant");
  expect(await refusal(revoke(grant.grant_id))).toBe("404 not_found");
  expect(await answered(net.june.call("GET", `/wallet/consents/${grant.consentId}`))).toMatchObject({
    state: "ended",
    endedBy: "released",
  });
  expect(await introspect(other)).toMatchObject({ active: true });
});

test("Grant Management §6.6 unknown, another Client's, another handle, withdrawn, over: all 404", async () => {
  const grant = await granted();
  const withdrawn = await granted();
  await net.june.withdraw(withdrawn.consentId);
  const tampered = `${grant.grant_id?.slice(0, -2)}AA`;
  const handles = [grant.refresh_token, grant.auth_req_id, grant.consentId, "grant_r1none", tampered];
  for (const id of [...handles, grant.refresh_token?.replace("rt_", "grant_"), withdrawn.grant_id])
    for (const endpoint of [query, revoke]) {
      const response = await endpoint(id);
      expect([response.status, await response.json()]).toEqual([
        404,
        { error: "not_found", error_description: "There is nothing here." },
      ]);
    }
  expect(await refusal(query(grant.grant_id, sibling))).toBe("404 not_found");
  expect(await refusal(revoke(grant.grant_id, sibling))).toBe("404 not_found");
  expect((await query(grant.grant_id)).status).toBe(200);
  later(86_400);
  expect(await refusal(query(grant.grant_id))).toBe("404 not_found");
});

test("Grant Management §6.1 each method needs its scope; a token for a source opens neither (N-25, N-59)", async () => {
  const { grant_id, access_token = "" } = await granted();
  const path = `/grants/${grant_id}`;
  const mayQuery = await manager.token("grant_management_query");
  const mayRevoke = await manager.token("grant_management_revoke");
  expect(await refusal(manager.call("GET", path, mayRevoke))).toBe("403 insufficient_scope");
  expect(await refusal(manager.call("DELETE", path, mayQuery))).toBe("403 insufficient_scope");
  for (const method of ["GET", "DELETE"]) {
    expect(await refusal(manager.call(method, path, access_token))).toBe("401 invalid_token");
    expect(await refusal(sibling.call(method, path, mayQuery))).toBe("401 invalid_token"); // bound to another key
    expect(await refusal(exchange.fetch(issuer + path, { method }))).toBe("401 invalid_token");
    expect(await refusal(net.root.call(method, path, net.token))).toBe("403 insufficient_scope");
  }
  const unregistered = net.app.post("/token", { grant_type: "client_credentials", scope: "grant_management_query" });
  expect(await refusal(unregistered)).toBe("400 unauthorized_client");
  expect(await refusal(manager.post("/token", { grant_type: "client_credentials", scope: "openid" }))).toBe(
    "400 invalid_scope",
  );
});

test("N-30 a suspended Client manages nothing, and its grants are there when it returns", async () => {
  const { grant_id } = await granted();
  const token = await manager.token("grant_management_query");
  const operate = async (verb: string) =>
    answered(net.root.call("POST", `/operator/clients/${manager.clientId}/${verb}`, await net.root.token("operate")));
  await operate("suspend");
  later(4.9);
  expect(await refusal(manager.call("GET", `/grants/${grant_id}`, token))).toBe("401 invalid_token");
  await operate("resume");
  later(4.9);
  expect((await query(grant_id)).status).toBe(200);
});

test("Grant Management §6.5 twenty revocations at once: one ends it, none fails otherwise", async () => {
  const { grant_id, consentId } = await granted();
  const statuses = (await Promise.all(Array.from({ length: 20 }, () => revoke(grant_id)))).map(({ status }) => status);
  expect(statuses.filter((status) => status === 204)).toHaveLength(1);
  expect(new Set(statuses)).toEqual(new Set([204, 404]));
  expect(await answered(net.june.call("GET", `/wallet/consents/${consentId}`))).toMatchObject({ endedBy: "released" });
});
