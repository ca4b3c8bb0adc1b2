import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { metadataOf, metadataUrl } from "../../sdk/resource-server/metadata.ts";
import type { NeededPermissions } from "../../sdk/resource-server/needed.ts";
import { protect } from "../../sdk/resource-server/protect.ts";
import { type ResourceServerOptions, resourceServer } from "../../sdk/resource-server/resource-server.ts";
import { newJwkPair } from "../../sdk/signing-key.ts";
import { type AskingClient, askingClient, RESOURCE, request, TYPE } from "./asking-client.ts";
import { type FakeExchange, fakeExchange } from "./fake-exchange.ts";

let exchange: FakeExchange;
let client: AskingClient;
let reasons: string[];
const { privateKey: key } = await newJwkPair("sig");

beforeAll(async () => {
  exchange = await fakeExchange();
  client = await askingClient(exchange);
});
beforeEach(() => {
  reasons = [];
  exchange.got.length = 0;
  exchange.on("/introspect", () => ({ json: client.active }));
  exchange.on("/token", () => ({ json: { access_token: "pat", token_type: "DPoP", expires_in: 300 } }));
  exchange.on("/permission", () => ({ status: 201, json: { ticket: "ticket_1" } }));
});
afterAll(() => exchange.close());

const server = (options: Partial<ResourceServerOptions> = {}) =>
  resourceServer({
    issuer: exchange.issuer,
    client_id: "rs-1",
    key,
    resource: RESOURCE,
    onRefusal: ({ message }) => reasons.push(message),
    ...options,
  });
const readOf = (resource_id: string): NeededPermissions => [{ resource_id, resource_scopes: ["read"] }];
const guarded = (permissions = readOf("r-1"), own = server()) =>
  protect(own, permissions)((_, { sub }) => Response.json({ sub }));

async function withToken(handler: (request: Request) => Promise<Response>, claims: object = {}) {
  const token = await client.token(claims);
  return handler(request({ authorization: `DPoP ${token}`, dpop: await client.proof(token) }));
}

const umaChallenge = () => `UMA realm="${RESOURCE}", as_uri="${exchange.issuer}", ticket="ticket_1"`;

describe("UMA Grant §3.2 a request without a token that would do", () => {
  test("UMA Grant §3.2.1 gets 401 with as_uri and a ticket, and beside it the scheme a token is presented in", async () => {
    const response = await guarded()(request({}));
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe(`${umaChallenge()}, DPoP algs="ES256 PS256 EdDSA Ed25519"`);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("UMA FedAuthz §4.1 the ticket is for exactly what the request needs, by our own token, made once and bound to a key", async () => {
    const own = server();
    const byPatient = protect(own, ({ url }) => readOf(new URL(url).searchParams.get("patient") ?? ""))(
      () => new Response(),
    );
    await byPatient(request({}, "/fhir/Immunization?patient=r-7"));
    await byPatient(request({}, "/fhir/Immunization?patient=r-8"));
    expect(exchange.to("/permission").map(({ json }) => json)).toEqual([readOf("r-7"), readOf("r-8")]);
    expect(exchange.to("/token").map(({ form }) => form.get("scope"))).toEqual(["uma_protection"]);
    expect(exchange.to("/permission")[0]?.headers).toMatchObject({
      authorization: "DPoP pat",
      dpop: expect.any(String),
    });
  });

  test("UMA FedAuthz §1.3 our own token is made anew when it is over", async () => {
    exchange.on("/token", () => ({ json: { access_token: "pat", token_type: "DPoP", expires_in: 1 } }));
    const handler = guarded();
    await handler(request({}));
    await handler(request({}));
    expect(exchange.to("/token")).toHaveLength(2);
  });

  test.each([
    ["the exchange answers nothing", { status: 503 }],
    ["the resource is gone", { status: 400, json: { error: "invalid_resource_id" } }],
  ])("UMA Grant §3.2.2 403 with a Warning when no ticket can be had: %s", async (_, answer) => {
    exchange.on("/permission", () => answer);
    const response = await guarded()(request({}));
    expect(response.status).toBe(403);
    expect(response.headers.get("warning")).toBe('199 - "UMA Authorization Server Unreachable"');
    expect(response.headers.get("www-authenticate")).not.toContain("UMA");
    expect(reasons[0]).toMatch(/^no credentials; no ticket: /);
  });

  test("design §3 a request that needs a kind of data gets no ticket: it tells nobody's data apart", async () => {
    const response = await protect(server(), { type: TYPE, action: "read" })(() => new Response())(request({}));
    expect(response.headers.get("www-authenticate")).toBe('DPoP algs="ES256 PS256 EdDSA Ed25519"');
    expect(exchange.to("/permission")).toHaveLength(0);
  });
});

describe("UMA Grant §3.5 a request with an RPT", () => {
  test("is let in by a permission for the resource and every scope it needs", async () => {
    const response = await withToken(guarded());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ sub: "june-here" });
    expect(exchange.to("/permission")).toHaveLength(0);
  });

  test.each([
    ["another resource", readOf("r-2")],
    ["a scope that was not granted", [{ resource_id: "r-1", resource_scopes: ["read", "subscribe"] }]],
    ["one resource of two", [...readOf("r-1"), ...readOf("r-2")]],
    ["another resource, whatever the scope", [{ resource_id: "r-2", resource_scopes: [] }]],
  ] as [string, NeededPermissions][])(
    "insufficient for %s: answered as if there were none, with a new ticket",
    async (_, permissions) => {
      const response = await withToken(guarded(permissions));
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toMatch(`${umaChallenge()}, DPoP error="insufficient_scope"`);
      expect(exchange.to("/permission").map(({ json }) => json)).toEqual([permissions]);
    },
  );

  test("UMA FedAuthz §5.1.1 scopes of one resource do not open another that the same token names", async () => {
    const [detail] = client.active.authorization_details;
    const both = [detail, { ...detail, actions: ["subscribe"], resource_ids: ["r-2"] }];
    exchange.on("/introspect", () => ({ json: { ...client.active, authorization_details: both } }));
    expect((await withToken(guarded(readOf("r-2")))).status).toBe(401);
    expect((await withToken(guarded([{ resource_id: "r-2", resource_scopes: ["subscribe"] }]))).status).toBe(200);
  });

  test("invalid, revoked or bound to another key: a new ticket, and the handler is never entered", async () => {
    expect((await withToken(guarded(), { exp: 1 })).headers.get("www-authenticate")).toContain(umaChallenge());
    exchange.on("/introspect", () => ({ json: { active: false } }));
    const revoked = await withToken(guarded());
    expect(revoked.status).toBe(401);
    expect(revoked.headers.get("www-authenticate")).toMatch(`${umaChallenge()}, DPoP error="invalid_token"`);
  });

  test("UMA Grant §3.2.2 when the exchange cannot be asked about a token: later, and why", async () => {
    exchange.on("/introspect", () => ({ status: 500 }));
    const response = await withToken(guarded());
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("1");
    expect(response.headers.get("warning")).toBe('199 - "UMA Authorization Server Unreachable"');
    expect(exchange.to("/permission")).toHaveLength(0);
  });
});

describe("RFC 9728 protected resource metadata", () => {
  const metadata = { resource_name: "Registry", authorization_details_types_supported: [TYPE] };

  test("RFC 9728 §2 says who we are, who protects us, and how a token is presented", () => {
    expect(metadataOf(server({ metadata }))).toEqual({
      resource: RESOURCE,
      authorization_servers: [exchange.issuer],
      bearer_methods_supported: ["header"],
      dpop_signing_alg_values_supported: ["ES256", "PS256", "EdDSA", "Ed25519"],
      resource_name: "Registry",
      authorization_details_types_supported: [TYPE],
    });
  });

  test("RFC 9728 §3.1 the well-known path goes between host and path", () => {
    expect(metadataUrl("https://rs.example")).toBe("https://rs.example/.well-known/oauth-protected-resource");
    expect(metadataUrl("https://rs.example/one")).toBe("https://rs.example/.well-known/oauth-protected-resource/one");
  });

  test("RFC 9728 §5.1 every challenge names where it is, if we serve it", async () => {
    const named = `resource_metadata="${RESOURCE}/.well-known/oauth-protected-resource"`;
    const response = await guarded(readOf("r-1"), server({ metadata }))(request({}));
    expect(response.headers.get("www-authenticate")?.split(named)).toHaveLength(3);
  });
});
