import { decodeJwt } from "jose";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sha256 } from "../../protocol/canonical-json.ts";
import { link, registerResources } from "../../sdk/resource-server/resource-registration.ts";
import { type ResourceServer, resourceServer } from "../../sdk/resource-server/resource-server.ts";
import { newJwkPair } from "../../sdk/signing-key.ts";
import { RESOURCE, TYPE } from "./asking-client.ts";
import { type FakeExchange, fakeExchange } from "./fake-exchange.ts";

let exchange: FakeExchange;
let server: ResourceServer;
const { privateKey: key } = await newJwkPair("sig");
const records = { type: TYPE, resource_scopes: ["read"], name: "Records" };
const reminders = { type: TYPE, resource_scopes: ["subscribe"] };

beforeEach(async () => {
  exchange = await fakeExchange();
  server = resourceServer({ issuer: exchange.issuer, client_id: "rs-1", key, resource: RESOURCE });
  exchange.on("/token", () => ({ json: { access_token: "pat", token_type: "DPoP", expires_in: 300 } }));
  let made = 0;
  exchange.on("/rreg", () => ({ status: 201, json: { _id: `r-${++made}`, resource_owner: "june-here" } }));
});
afterEach(() => exchange.close());

test("UMA FedAuthz §3.2.1 the code is sent once, then the owner it was answered with", async () => {
  const linked = await link(server, "K7QF-2M9P", [records, reminders]);
  expect(linked).toEqual({ resource_owner: "june-here", resource_ids: ["r-1", "r-2"] });
  expect(exchange.to("/rreg").map(({ json }) => json)).toEqual([
    { ...records, resource_owner: "K7QF-2M9P" },
    { ...reminders, resource_owner: "june-here" },
  ]);
});

test("UMA FedAuthz §1.3 the PAT is asked for with scope uma_protection and bound to a DPoP key", async () => {
  await registerResources(server, "june-here", [records]);
  expect(exchange.to("/token")[0]?.form.get("scope")).toBe("uma_protection");
  const { authorization, dpop } = exchange.to("/rreg")[0]?.headers ?? {};
  expect(authorization).toBe("DPoP pat");
  expect(decodeJwt(String(dpop))).toMatchObject({
    htm: "POST",
    htu: `${exchange.issuer}/rreg`,
    ath: await sha256("pat"),
  });
});

test("UMA FedAuthz §6 a spent code is a RefusedRequest with the server's code", async () => {
  exchange.on("/rreg", () => ({
    status: 400,
    json: { error: "invalid_request", error_description: "not known here" },
  }));
  await expect(link(server, "K7QF-2M9P", [records])).rejects.toMatchObject({ code: "invalid_request", status: 400 });
});

test("RFC 6749 §5.2 a Resource Server that is not registered learns it", async () => {
  exchange.on("/token", () => ({ status: 401, json: { error: "invalid_client" } }));
  await expect(link(server, "K7QF-2M9P", [records])).rejects.toMatchObject({ code: "invalid_client", status: 401 });
});
