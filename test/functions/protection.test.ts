import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, link, network } from "../support/network.ts";
import { answered, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());

const description = { type: immunizations, resource_scopes: ["read"] };

describe("UMA FedAuthz §3.2 resource registration", () => {
  test("§3.2.1–§3.2.5 create, read, update, list, delete", async () => {
    const token = await net.lakeside.token("uma_protection");
    const resource_owner = net.subs.get(net.lakeside) ?? "";
    const call = (method: string, path: string, body?: unknown) => net.lakeside.call(method, path, token, body);
    const created = await call("POST", "/rreg", { ...description, resource_owner, name: "Chart 7" });
    expect(created.status).toBe(201);
    const { _id } = (await created.json()) as { _id: string };
    expect(created.headers.get("location")).toBe(`${exchange.issuer}/rreg/${_id}`);
    expect(await answered(call("GET", `/rreg/${_id}`))).toEqual({
      _id,
      resource_owner,
      ...description,
      name: "Chart 7",
    });
    expect(
      await answered(call("PUT", `/rreg/${_id}`, { ...description, resource_scopes: ["read", "subscribe"] })),
    ).toEqual({ _id, resource_owner });
    expect(await answered(call("GET", `/rreg/${_id}`))).toMatchObject({ resource_scopes: ["read", "subscribe"] });
    expect(await answered(call("GET", `/rreg?resource_owner=${resource_owner}`))).toContain(_id);
    expect((await call("DELETE", `/rreg/${_id}`)).status).toBe(204);
    expect((await call("GET", `/rreg/${_id}`)).status).toBe(404);
  });
  test("design §3 a code links once, for its own use, and names the same person again", async () => {
    const bob = new June(exchange, walletOrigin);
    await bob.createAccount("Bob");
    const code = await bob.code("source");
    const sub = await link(net.lakeside, code);
    const token = await net.lakeside.token("uma_protection");
    expect(await refusal(net.lakeside.call("POST", "/rreg", token, { ...description, resource_owner: code }))).toBe(
      "400 invalid_request",
    );
    expect(await link(net.lakeside, await bob.code("source"))).toBe(sub);
    const forApps = await bob.code("app");
    expect(await refusal(net.lakeside.call("POST", "/rreg", token, { ...description, resource_owner: forApps }))).toBe(
      "400 invalid_request",
    );
    expect(await answered(bob.call("GET", "/wallet/sources"))).toMatchObject({
      sources: [{ name: "Lakeside Family Clinic", holds: ["Your immunization history"] }],
    });
  });
  test("design §2 unlinking is one write: tokens, resources and the source's part of every consent are over; linking again is a new life", async () => {
    const kim = new June(exchange, walletOrigin);
    await kim.createAccount("Kim");
    const sub = await link(net.lakeside, await kim.code("source"));
    await link(net.provincial, await kim.code("source"));
    const request = {
      scope: "openid immunization-history.read",
      login_hint: await kim.code("app"),
      binding_message: "A",
    };
    const { auth_req_id } = await answered(net.app.post("/bc-authorize", request));
    const screen = await kim.waiting();
    await kim.approve(screen);
    const grant = {
      grant_type: "urn:openid:params:grant-type:ciba",
      auth_req_id: String(auth_req_id),
      resource: "https://clinic.test",
    };
    const { access_token, refresh_token } = (await answered(net.app.post("/token", grant))) as Record<string, string>;
    const active = async () => (await answered(net.lakeside.post("/introspect", { token: access_token })))["active"];
    expect(await active()).toBe(true);

    const { sources } = (await answered(kim.call("GET", "/wallet/sources"))) as {
      sources: { id: string; name: string }[];
    };
    const clinic = sources.find(({ name }) => name.startsWith("Lakeside"))?.id ?? "";
    expect((await net.june.call("POST", `/wallet/sources/${clinic}/unlink`)).status).toBe(404);
    expect((await kim.call("POST", `/wallet/sources/${clinic}/unlink`)).status).toBe(204);
    expect((await kim.call("POST", `/wallet/sources/${clinic}/unlink`)).status).toBe(204);
    expect(await active()).toBe(false);
    const refresh = (resource: string) =>
      net.app.post("/token", { grant_type: "refresh_token", refresh_token, resource });
    expect(await refusal(refresh("https://clinic.test"))).toBe("400 invalid_grant");
    expect((await refresh("https://registry.test")).status).toBe(200);
    const unnamed = await answered(net.app.post("/token", { grant_type: "refresh_token", refresh_token }));
    expect(
      (await answered(net.provincial.post("/introspect", { token: String(unnamed["access_token"]) })))["active"],
    ).toBe(true);
    const token = await net.lakeside.token("uma_protection");
    expect(await answered(net.lakeside.call("GET", `/rreg?resource_owner=${sub}`, token))).toEqual([]);
    expect(await refusal(net.lakeside.call("POST", "/rreg", token, { ...description, resource_owner: sub }))).toBe(
      "400 invalid_request",
    );

    const seen = async () =>
      ((await answered(kim.call("GET", `/wallet/consents/${screen.id}`))) as { kinds: object[] }).kinds;
    const parts = { sources: expect.arrayContaining(["Lakeside Family Clinic", "Provincial Immunization Registry"]) };
    expect(await seen()).toMatchObject([{ ...parts, disconnected: ["Lakeside Family Clinic"] }]);
    expect(await link(net.lakeside, await kim.code("source"))).toBe(sub);
    expect(await active()).toBe(false);
    expect(await seen()).toMatchObject([{ ...parts, disconnected: ["Lakeside Family Clinic"] }]);
  });
  test("N-56, N-61 another's resource, another's owner and tricks with ids do not exist", async () => {
    const own = await net.provincial.token("uma_protection");
    const other = await net.lakeside.token("uma_protection");
    const sub = net.subs.get(net.provincial) ?? "";
    const { _id } = await answered(net.provincial.call("POST", "/rreg", own, { ...description, resource_owner: sub }));
    for (const method of ["GET", "PUT", "DELETE"])
      expect(
        await refusal(net.lakeside.call(method, `/rreg/${_id}`, other, method === "PUT" ? description : undefined)),
      ).toBe("404 not_found");
    expect(await refusal(net.lakeside.call("POST", "/rreg", other, { ...description, resource_owner: sub }))).toBe(
      "400 invalid_request",
    );
    expect(await answered(net.lakeside.call("GET", `/rreg?resource_owner=${sub}`, other))).toEqual([]);
    for (const id of ["*", `${String(_id).slice(0, 43)}.`, String(_id).slice(0, 43), `${_id},`, "type:x"])
      expect(await refusal(net.provincial.call("GET", `/rreg/${encodeURIComponent(id)}`, own))).toBe("404 not_found");
    expect((await net.provincial.call("GET", `/rreg/${_id}`, own)).status).toBe(200);
  });
  test("§3.1 scopes are actions of a known type", async () => {
    const token = await net.lakeside.token("uma_protection");
    const resource_owner = net.subs.get(net.lakeside);
    const post = (more: object) =>
      refusal(net.lakeside.call("POST", "/rreg", token, { ...description, resource_owner, ...more }));
    expect(await post({ resource_scopes: ["delete"] })).toBe("400 invalid_scope");
    expect(await post({ type: "https://fpx.example/definitions/none" })).toBe("400 invalid_request");
    expect(await post({ resource_scopes: [] })).toBe("400 invalid_request");
    expect(await post({ resource_owner: undefined })).toBe("400 invalid_request");
  });
});

test("RFC 7009 §2.1 a party revokes its own token for our endpoints, and nobody else's", async () => {
  const list = async (token: string) => (await net.lakeside.call("GET", "/rreg?resource_owner=none", token)).status;
  const token = await net.lakeside.token("uma_protection");
  expect((await net.provincial.post("/revoke", { token })).status).toBe(200);
  expect(await list(token)).toBe(200);
  expect((await net.lakeside.post("/revoke", { token })).status).toBe(200);
  expect(await list(token)).toBe(401);
});

describe("RFC 7662 §2 introspection", () => {
  test("N-69, N-35 another source learns nothing and another client revokes nothing", async () => {
    const request = {
      scope: "openid immunization-history.read",
      login_hint: await net.june.code("app"),
      binding_message: "A",
    };
    const { auth_req_id } = await answered(net.app.post("/bc-authorize", request));
    await net.june.approve(await net.june.waiting());
    const grant = {
      grant_type: "urn:openid:params:grant-type:ciba",
      auth_req_id: String(auth_req_id),
      resource: "https://clinic.test",
    };
    const { access_token, refresh_token } = (await answered(net.app.post("/token", grant))) as Record<string, string>;
    const introspected = async (party = net.lakeside) =>
      (await answered(party.post("/introspect", { token: access_token }))) as { active: boolean };
    expect(await introspected()).toMatchObject({ active: true });
    for (const party of [net.provincial, net.app, net.otherApp])
      expect(await introspected(party)).toEqual({ active: false });
    for (const token of ["garbage", "a.b.c", `${access_token}=`, ""]) {
      const answer = net.lakeside.post("/introspect", { token });
      if (token === "") expect(await refusal(answer)).toBe("400 invalid_request");
      else expect(await answered(answer)).toEqual({ active: false });
    }
    for (const token of [access_token, refresh_token])
      expect((await net.otherApp.post("/revoke", { token })).status).toBe(200);
    expect(await introspected()).toMatchObject({ active: true });

    // RFC 7009 §2.1: the access token alone, then the refresh token with every access token of the grant; the consent stays.
    const second = (await answered(
      net.app.post("/token", { grant_type: "refresh_token", refresh_token, resource: "https://clinic.test" }),
    )) as Record<string, string>;
    expect((await net.app.post("/revoke", { token: access_token })).status).toBe(200);
    expect(await introspected()).toEqual({ active: false });
    expect(await answered(net.lakeside.post("/introspect", { token: second["access_token"] }))).toMatchObject({
      active: true,
    });
    expect((await net.app.post("/revoke", { token: refresh_token })).status).toBe(200);
    expect(await answered(net.lakeside.post("/introspect", { token: second["access_token"] }))).toEqual({
      active: false,
    });
    expect(await refusal(net.app.post("/token", { grant_type: "refresh_token", refresh_token }))).toBe(
      "400 invalid_grant",
    );
    const consents = (await answered(net.june.call("GET", "/wallet/consents"))) as { consents: { state: string }[] };
    expect(consents.consents[0]?.state).toBe("active");
  });
});
