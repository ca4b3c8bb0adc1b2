import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { link, network } from "../support/network.ts";
import { answered, keyPair, Party, refusal } from "../support/parties.ts";
import { selfRegistered } from "../support/self-registered.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let self: Awaited<ReturnType<typeof selfRegistered>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  self = await selfRegistered(exchange, net);
});
afterAll(() => exchange.close());

const later = stillClock();
const source = (resource: string) => ({ scope: "uma_protection", resource });

async function consented(party: Party) {
  const asked = await answered(
    party.post("/bc-authorize", {
      scope: "openid immunization-history.read",
      login_hint: await net.june.code("app"),
      binding_message: "A",
    }),
  );
  await net.june.approve(await net.june.waiting());
  const tokens = await answered(
    party.post("/token", {
      grant_type: "urn:openid:params:grant-type:ciba",
      auth_req_id: String(asked["auth_req_id"]),
      resource: "https://registry.test",
    }),
  );
  const refresh = (resource: string) =>
    party.post("/token", { grant_type: "refresh_token", refresh_token: String(tokens["refresh_token"]), resource });
  const introspect = () => answered(net.provincial.post("/introspect", { token: String(tokens["access_token"]) }));
  return { refresh, introspect };
}

describe("Client configuration", () => {
  test("RFC 7592 §2.1 a registration is read back with its own token, which stays", async () => {
    const { path, uri, token, party, metadata } = await self.registered();
    expect(uri).toBe(issuer + path);
    expect(token).toMatch(/^rat_/);
    const read = await answered(self.send("GET", path, token));
    expect(read).toEqual({
      ...metadata,
      client_id: party.clientId,
      registration_access_token: token,
      registration_client_uri: uri,
    });
    for (const member of ["status", "registrationTokenHash", "client_secret"]) expect(read).not.toHaveProperty(member);
    const shown = await answered(net.root.call("GET", `/operator/clients/${party.clientId}`, net.token));
    expect(shown).toMatchObject({ client_name: "Reader", status: "active" });
    expect(shown).not.toHaveProperty("registrationTokenHash");
  });

  test("RFC 7592 §2.2 what is sent replaces what was: a member left out is gone, capabilities stay, the new keys count", async () => {
    const { path, token, party, metadata } = await self.registered({ client_uri: "https://reader.test" });
    const keys = await keyPair();
    const update = {
      client_id: party.clientId,
      client_name: "Reader 2",
      jwks: await self.jwks(keys),
      capabilities: [],
      x: 1,
    };
    const answer = await answered(self.send("PUT", path, token, update));
    expect(answer).toMatchObject({
      client_name: "Reader 2",
      capabilities: metadata["capabilities"],
      client_id_issued_at: metadata["client_id_issued_at"],
      registration_access_token: token,
    });
    expect(answer).not.toHaveProperty("client_uri");
    expect(answer).not.toHaveProperty("x");
    expect(await answered(self.send("GET", path, token))).toEqual(answer);
    later(3);
    const ask = (as: Party) =>
      as.post("/bc-authorize", { scope: "openid immunization-history.read", login_hint: "x", binding_message: "A" });
    expect(await refusal(ask(party))).toBe("401 invalid_client");
    expect((await ask(new Party(exchange, party.clientId, keys, party.dpopKeys))).status).toBe(200);
  });

  test.each([
    ["another client_id", { client_id: "client_other" }],
    ["no client_id", { client_id: undefined }],
    ["its own token", { registration_access_token: "rat_r1x" }],
    ["a secret", { client_secret: "s" }],
    ["a time of issue", { client_id_issued_at: 1 }],
    ["what a registration refuses, too", { jwks: { keys: [] } }],
  ])("RFC 7592 §2.2 %s is invalid_client_metadata and changes nothing", async (_, wrong) => {
    const { path, token, party } = await self.registered();
    const { keys } = party;
    const update = { client_id: party.clientId, client_name: "Other", jwks: await self.jwks(keys), ...wrong };
    expect(await refusal(self.send("PUT", path, token, update))).toBe("400 invalid_client_metadata");
    expect(await answered(self.send("GET", path, token))).toMatchObject({ client_name: "Reader" });
  });

  test("RFC 7592 §2.2 a Resource Server keeps its identifier", async () => {
    const { path, token, party } = await self.registered(source("https://archive.test"));
    const update = { client_id: party.clientId, client_name: "Archive 2", jwks: await self.jwks(party.keys) };
    const put = (resource: string) => self.send("PUT", path, token, { ...update, ...source(resource) });
    expect(await refusal(put("https://elsewhere.test"))).toBe("400 invalid_client_metadata");
    expect(await answered(put("https://archive.test"))).toMatchObject({ client_name: "Archive 2" });
  });

  test("RFC 7592 §2.1 anything not in order is the same 401: unknown, foreign, of the operator, another handle, suspended", async () => {
    const [own, other] = [await self.registered(), await self.registered()];
    const cases: [string, string][] = [
      [own.path, other.token],
      [own.path, ""],
      [own.path, "garbage"],
      [own.path, `${own.token.slice(0, -2)}AA`],
      [own.path, self.initial],
      [own.path, own.token.replace("rat_", "rt_")],
      ["/register/client_unknown", own.token],
      [`/register/${net.app.clientId}`, own.token],
      ["/register/operator", own.token],
    ];
    const refused = async (path: string, token: string) => {
      for (const method of ["GET", "PUT", "DELETE"]) {
        const response = await self.send(method, path, token, method === "PUT" ? {} : undefined);
        expect([response.status, response.headers.get("www-authenticate"), await response.json()]).toEqual([
          401,
          token === "" ? "Bearer" : 'Bearer error="invalid_token"',
          { error: "invalid_token", error_description: "The access token is not valid." },
        ]);
      }
    };
    for (const [path, token] of cases) await refused(path, token);
    const standing = (verb: string) =>
      answered(net.root.call("POST", `/operator/clients/${own.party.clientId}/${verb}`, net.token));
    await standing("suspend");
    await refused(own.path, own.token);
    await standing("resume");
    expect((await self.send("GET", own.path, own.token)).status).toBe(200);
  });

  test("RFC 7592 §2.3 a deregistered Client is gone for good: its consents fail at every gate, nobody brings it back", async () => {
    const { path, token, party } = await self.registered();
    const { refresh, introspect } = await consented(party);
    expect(await introspect()).toMatchObject({ active: true });
    expect((await self.send("DELETE", path, token)).status).toBe(204);
    later(4.9);
    expect(await refusal(self.send("GET", path, token))).toBe("401 invalid_token");
    expect(await refusal(self.send("DELETE", path, token))).toBe("401 invalid_token");
    expect(await refusal(refresh("https://registry.test"))).toBe("401 invalid_client");
    expect(await introspect()).toEqual({ active: false });
    for (const verb of ["resume", "suspend"])
      expect(await refusal(net.root.call("POST", `/operator/clients/${party.clientId}/${verb}`, net.token))).toBe(
        "409 conflict",
      );
  });

  test("RFC 7592 §2.3 a deregistered Resource Server: its part fails, others go on, its identifier is nobody's again", async () => {
    const resource = "https://leaving.test";
    const { path, token, party } = await self.registered(source(resource));
    await link(party, await net.june.code("source"));
    const { refresh } = await consented(net.app);
    expect((await refresh(resource)).status).toBe(200);
    expect((await self.send("DELETE", path, token)).status).toBe(204);
    later(4.9);
    expect(await refusal(refresh(resource))).toBe("400 invalid_grant");
    expect((await refresh("https://registry.test")).status).toBe(200);
    expect(await refusal(party.post("/introspect", { token: "x" }))).toBe("401 invalid_client");
    const again = { client_name: "Again", jwks: await self.jwks(party.keys), ...source(resource) };
    expect(await refusal(self.register(again))).toBe("400 invalid_client_metadata");
  });
});
