import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
const withCode = (name: string) => net.client(name, { backchannel_user_code_parameter: true });
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());

async function named(walletName: string, userCode: string | null): Promise<June> {
  const person = new June(exchange, walletOrigin);
  await person.createAccount(walletName);
  await answered(person.call("PUT", "/wallet/me/wallet-name", { walletName }));
  const me = await answered(person.call("PUT", "/wallet/me/user-code", { userCode }));
  expect(me).toEqual({ name: walletName, walletName, ...(userCode !== null && { hasUserCode: true }) });
  return person;
}
const ask = (app: Party, more: Record<string, string>) =>
  app.post("/bc-authorize", {
    scope: "openid",
    binding_message: "K7Q 2M9",
    authorization_details: JSON.stringify([{ type: immunizations, actions: ["read"] }]),
    ...more,
  });
const asked = async (app: Party, more: Record<string, string>) => {
  const { auth_req_id } = await answered(ask(app, more));
  await exchange.settled();
  return String(auth_req_id);
};
const poll = (app: Party, auth_req_id: string) =>
  refusal(app.post("/token", { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id }));

describe("CIBA Core §7.1 user_code", () => {
  test("CIBA Core §4 the parameter is supported, and a Client registers that it sends it", async () => {
    const metadata = await (await exchange.fetch(`${exchange.issuer}/.well-known/openid-configuration`)).json();
    expect(metadata).toMatchObject({ backchannel_user_code_parameter_supported: true });
    const app = await withCode("Registered");
    const shown = await answered(
      net.root.call("GET", `/operator/clients/${app.clientId}`, await net.root.token("operate")),
    );
    expect(shown).toMatchObject({ backchannel_user_code_parameter: true });
  });
  test("(+) the right code asks the person who set it; it is told to nobody again", async () => {
    const person = await named("code.right", "tulip-77");
    const app = await withCode("Right");
    await asked(app, { login_hint: "code.right", user_code: "tulip-77" });
    expect(await person.requests()).toHaveLength(1);
  });
  test("N-54 a wrong code, and none of a Client that never brings one, are silence: the same answer, then pending", async () => {
    const person = await named("code.wrong", "tulip-77");
    const [app, plain] = [await withCode("Wrong"), await net.client("Plain")];
    const wrong = await asked(app, { login_hint: "code.wrong", user_code: "Tulip-77" });
    const nobody = await asked(app, { login_hint: "code.nobody", user_code: "Tulip-77" });
    const none = await asked(plain, { login_hint: "code.wrong" });
    expect(await person.requests()).toEqual([]);
    expect([await poll(app, wrong), await poll(app, nobody), await poll(plain, none)]).toEqual(
      Array(3).fill("400 authorization_pending"),
    );
    expect(wrong.length).toBe(nobody.length);
  });
  test("§13 what the request alone shows is answered, whoever the name leads to", async () => {
    const app = await withCode("Shown");
    for (const login_hint of ["code.right", "nobody.at.all"]) {
      expect(await refusal(ask(app, { login_hint }))).toBe("400 missing_user_code");
      for (const user_code of ["abc", "a b c d", "ü1234", "x".repeat(33)])
        expect(await refusal(ask(app, { login_hint, user_code })), user_code).toBe("400 invalid_user_code");
    }
    expect(await refusal(ask(net.app, { login_hint: "code.right", user_code: "tulip-77" }))).toBe(
      "400 invalid_request",
    );
  });
  test("a one-time code is an invitation of its own: no user_code beside it", async () => {
    const person = await named("code.invited", "tulip-77");
    await asked(await withCode("Invited"), { login_hint: await person.code("app") });
    expect(await person.requests()).toHaveLength(1);
  });
  test("whoever set none is asked with any code; switched off, a code counts no more", async () => {
    const person = await named("code.none", null);
    const [app, other] = [await withCode("Any"), await withCode("Other")];
    await asked(app, { login_hint: "code.none", user_code: "whatever" });
    expect(await person.requests()).toHaveLength(1);
    expect(await refusal(person.call("PUT", "/wallet/me/user-code", { userCode: "abc" }))).toBe("400 invalid_request");
    await answered(person.call("PUT", "/wallet/me/user-code", { userCode: "1234" }));
    await asked(other, { login_hint: "code.none", user_code: "whatever" });
    expect(await person.requests()).toHaveLength(1);
    const off = await answered(person.call("PUT", "/wallet/me/user-code", { userCode: null }));
    expect(off).not.toHaveProperty("hasUserCode");
    await asked(other, { login_hint: "code.none", user_code: "whatever" });
    expect(await person.requests()).toHaveLength(2);
  });
  test("guessing: three tries an hour; after them the right code is silence, too", async () => {
    const person = await named("code.guessed", "tulip-77");
    const app = await withCode("Guessing");
    for (const user_code of ["0000", "1111", "2222"]) await asked(app, { login_hint: "code.guessed", user_code });
    await asked(app, { login_hint: "code.guessed", user_code: "tulip-77" });
    expect(await person.requests()).toEqual([]);
    await asked(await withCode("Another"), { login_hint: "code.guessed", user_code: "tulip-77" });
    expect(await person.requests()).toHaveLength(1);
  });
});
