import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, refusal } from "../support/parties.ts";
import { registeredResource } from "../support/ticket.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let chart: string;
let foreign: string;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  const description = { type: immunizations, resource_scopes: ["read", "subscribe"] };
  chart = await registeredResource(net.lakeside, net.subs.get(net.lakeside) ?? "", description);
  foreign = await registeredResource(net.provincial, net.subs.get(net.provincial) ?? "", description);
});
afterAll(() => exchange.close());

const asks = async (body: unknown, source = net.lakeside) =>
  source.call("POST", "/permission", await source.token("uma_protection"), body);

describe("UMA FedAuthz §4 permission endpoint", () => {
  test("§4.1, §4.2 one permission or several of one owner give one ticket", async () => {
    const second = await registeredResource(net.lakeside, net.subs.get(net.lakeside) ?? "", {
      type: immunizations,
      resource_scopes: ["read"],
    });
    const one = await asks({ resource_id: chart, resource_scopes: ["read"] });
    expect(one.status).toBe(201);
    const several = await asks([
      { resource_id: chart, resource_scopes: [] },
      { resource_id: second, resource_scopes: ["read"] },
    ]);
    expect(several.status).toBe(201);
    const tickets = [await one.json(), await several.json()] as { ticket: string }[];
    expect(tickets.map((answer) => Object.keys(answer))).toEqual([["ticket"], ["ticket"]]);
    expect(tickets[0]?.ticket).not.toBe(tickets[1]?.ticket);
  });

  test("§4.3 N-56, N-61 a resource that is not this Resource Server's, is gone or is a trick is invalid_resource_id", async () => {
    const gone = await registeredResource(net.lakeside, net.subs.get(net.lakeside) ?? "", {
      type: immunizations,
      resource_scopes: ["read"],
    });
    const token = await net.lakeside.token("uma_protection");
    expect((await net.lakeside.call("DELETE", `/rreg/${gone}`, token)).status).toBe(204);
    for (const resource_id of [foreign, gone, "*", `${chart.slice(0, 43)}.`, `${chart},`, "type:x", "ｃhart"])
      expect(await refusal(asks({ resource_id, resource_scopes: ["read"] }))).toBe("400 invalid_resource_id");
  });

  test("§4.3 N-58 one foreign element refuses the whole call", async () => {
    const own = { resource_id: chart, resource_scopes: ["read"] };
    expect(await refusal(asks([own, { resource_id: foreign, resource_scopes: ["read"] }]))).toBe(
      "400 invalid_resource_id",
    );
  });

  test("§4.3 a scope the resource was not registered with is invalid_scope", async () => {
    expect(await refusal(asks({ resource_id: chart, resource_scopes: ["read", "delete"] }))).toBe("400 invalid_scope");
  });

  test("§6 what is malformed is invalid_request, another method is 405 with Allow", async () => {
    for (const body of [[], {}, "x", { resource_id: chart }, { resource_id: 7, resource_scopes: [] }])
      expect(await refusal(asks(body))).toBe("400 invalid_request");
    const twice = { resource_id: chart, resource_scopes: ["read"] };
    expect(await refusal(asks([twice, twice]))).toBe("400 invalid_request");
    const answer = await net.lakeside.call("GET", "/permission", await net.lakeside.token("uma_protection"));
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
    expect(await answer.json()).toMatchObject({ error: "unsupported_method_type" });
  });
});

describe("UMA FedAuthz §3.1 resources without a type", () => {
  const untyped = {
    resource_scopes: ["view", "https://photoz.test/scopes/print"],
    name: "Album",
    description: "Photos",
  };

  test("a Resource Server the operator admits for it keeps scopes of its own, and reads back what it registered", async () => {
    const photos = await net.resourceServer("Photo place", "https://photos.test", undefined, {
      untyped_resources: true,
    });
    const code = await net.june.code("source");
    const token = await photos.token("uma_protection");
    const created = await answered(photos.call("POST", "/rreg", token, { ...untyped, resource_owner: code }));
    expect(await answered(photos.call("GET", `/rreg/${created["_id"]}`, token))).toEqual({ ...created, ...untyped });
    const answer = await photos.call("POST", "/permission", token, {
      resource_id: created["_id"],
      resource_scopes: ["https://photoz.test/scopes/print"],
    });
    expect(answer.status).toBe(201);
  });

  test("any other is told that a type is required", async () => {
    const token = await net.lakeside.token("uma_protection");
    const answer = net.lakeside.call("POST", "/rreg", token, {
      ...untyped,
      resource_owner: net.subs.get(net.lakeside),
    });
    expect(await refusal(answer)).toBe("400 invalid_request");
  });
});

test("UMA Grant §2, UMA FedAuthz §2 the discovery document names the endpoints, at its own address", async () => {
  const read = async (name: string) => answered(exchange.fetch(`${exchange.issuer}/.well-known/${name}`));
  const document = await read("uma2-configuration");
  expect(document).toEqual(await read("oauth-authorization-server"));
  expect(document).toMatchObject({
    issuer: exchange.issuer,
    permission_endpoint: `${exchange.issuer}/permission`,
    resource_registration_endpoint: `${exchange.issuer}/rreg`,
    introspection_endpoint: `${exchange.issuer}/introspect`,
  });
  expect(document["grant_types_supported"]).toContain("urn:ietf:params:oauth:grant-type:uma-ticket");
});
