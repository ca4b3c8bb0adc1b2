import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { registry } from "../support/network.ts";
import { answered, type KeyPair, keyPair, refusal } from "../support/parties.ts";
import { selfRegistered } from "../support/self-registered.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof registry>>;
let self: Awaited<ReturnType<typeof selfRegistered>>;
const trust = "https://trust.test";
const trustKeys = await keyPair();
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await registry(exchange);
  self = await selfRegistered(exchange, net);
  await net.add("statement-issuers", { issuer: trust, jwks: await self.jwks(trustKeys) });
});
afterAll(() => exchange.close());

describe("Software statements", () => {
  const statement = (claims: object, { keys = trustKeys, header = {} }: { keys?: KeyPair; header?: object } = {}) =>
    new SignJWT({ iss: trust, ...claims })
      .setProtectedHeader({ alg: "ES256", kid: "a", ...header })
      .sign(keys.privateKey);

  test("RFC 7591 §2.3 (+) its claims come before the plain members, and it is told back unmodified", async () => {
    const software_statement = await statement({ client_name: "Stated", exp: Math.floor(Date.now() / 1000) + 60 });
    const { metadata, path, token } = await self.registered({ client_name: "Plain", software_statement });
    expect(metadata).toMatchObject({ client_name: "Stated", software_statement });
    expect(metadata).not.toHaveProperty("iss");
    expect(await answered(self.send("GET", path, token))).toMatchObject({ client_name: "Stated", software_statement });
  });

  test("RFC 7591 §2.3 it gives no capability and no identity", async () => {
    const software_statement = await statement({ capabilities: [], client_id: "client_mine", status: "x" });
    const { metadata, party } = await self.registered({ software_statement });
    expect(metadata["capabilities"]).toHaveLength(1);
    expect(party.clientId).not.toBe("client_mine");
  });

  test("RFC 7591 §2.3 what it says has to be acceptable, too", async () => {
    const software_statement = await statement({ client_name: "<b>Bank</b>" });
    expect(await refusal(self.register({ client_name: "Plain", software_statement }))).toBe(
      "400 invalid_client_metadata",
    );
  });

  test("RFC 7591 §3.2.2 one that does not verify is invalid_software_statement, another issuer's unapproved_software_statement", async () => {
    const attempt = async (software_statement: string) =>
      refusal(self.register({ client_name: "Reader", jwks: await self.jwks(trustKeys), software_statement }));
    const past = Math.floor(Date.now() / 1000) - 1;
    const unsigned = `${btoa('{"alg":"none"}').replace(/=/g, "")}.${btoa(`{"iss":"${trust}"}`).replace(/=/g, "")}.`;
    const secret = new TextEncoder().encode("a".repeat(32));
    const symmetric = await new SignJWT({ iss: trust }).setProtectedHeader({ alg: "HS256", kid: "a" }).sign(secret);
    for (const wrong of [
      "garbage",
      unsigned,
      symmetric,
      await statement({ exp: past }),
      await statement({}, { keys: await keyPair() }),
      await statement({ iss: undefined }),
      await statement({ iss: "http://trust.test" }),
    ])
      expect(await attempt(wrong)).toBe("400 invalid_software_statement");
    for (const iss of ["https://other.test", "https://client_x"])
      expect(await attempt(await statement({ iss }))).toMatch(/^400 (unapproved|invalid)_software_statement$/);
    expect(await attempt(await statement({ iss: "https://other.test" }))).toBe("400 unapproved_software_statement");
  });

  test("docs/operator.md an issuer that is suspended is not believed; one that returns is", async () => {
    const attempt = async () =>
      self.register({ client_name: "R", jwks: await self.jwks(trustKeys), software_statement: await statement({}) });
    const standing = (verb: string) =>
      answered(net.root.call("POST", `/operator/statement-issuers/trust.test/${verb}`, net.token));
    await standing("suspend");
    expect(await refusal(attempt())).toBe("400 unapproved_software_statement");
    await standing("resume");
    expect((await attempt()).status).toBe(201);
    expect(await answered(net.root.call("GET", "/operator/statement-issuers", net.token))).toMatchObject({
      "statement-issuers": [{ issuer: trust, status: "active" }],
    });
  });

  test("RFC 7592 §2.2 a registration made with a statement is changed with one", async () => {
    const { path, token, party } = await self.registered({
      software_statement: await statement({ client_name: "Stated" }),
    });
    const update = { client_id: party.clientId, client_name: "Plain", jwks: await self.jwks(party.keys) };
    expect(await refusal(self.send("PUT", path, token, update))).toBe("400 invalid_client_metadata");
    const software_statement = await statement({ client_name: "Stated again" });
    expect(await answered(self.send("PUT", path, token, { ...update, software_statement }))).toMatchObject({
      client_name: "Stated again",
      software_statement,
    });
  });
});
