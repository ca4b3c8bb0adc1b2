import { afterAll, beforeAll, expect, test } from "vitest";
import type { WalletExport } from "../../protocol/wallet-export.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered } from "../support/parties.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());

const exported = async (person: June) =>
  (await answered(person.call("GET", "/wallet/export"))) as unknown as WalletExport;
async function asked() {
  const request = {
    scope: "openid",
    login_hint: await net.june.code("app"),
    binding_message: "Blue heron 47",
    authorization_details: JSON.stringify([{ type: immunizations, actions: ["read"] }]),
  };
  await answered(net.app.post("/bc-authorize", request));
  return net.june.waiting();
}

test("UX-20 one file with account, passkeys, devices, sources, every consent with the words that were shown, and history", async () => {
  await answered(net.june.call("PUT", "/wallet/me/wallet-name", { walletName: "june.export" }));
  const screen = await asked();
  await net.june.approve(screen);
  await net.june.withdraw(screen.id);
  await net.june.decline(await asked());
  await exchange.settled();

  const all = await exported(net.june);
  expect(all).toMatchObject({
    schema: "fpx-wallet-export-1",
    exchange: "https://as.test",
    account: { name: "June", walletName: "june.export", createdAt: expect.any(Number) },
    passkeys: [{ createdAt: expect.any(Number) }],
    devices: [],
  });
  expect(all.sources.map(({ name }) => name).sort()).toEqual([
    "Lakeside Family Clinic",
    "Provincial Immunization Registry",
  ]);
  expect(all.consents.map(({ state }) => state).sort()).toEqual(["declined", "ended"]);
  const ended = all.consents.find(({ state }) => state === "ended");
  expect(ended?.shown.map(({ notice }) => notice)).toEqual([screen.notice]);
  expect(all.activity.map(({ what }) => what)).toEqual(
    expect.arrayContaining(["asked", "approved", "withdrawn", "declined", "source_connected", "account_made"]),
  );
});

test("UX-20 no key, credential id, token, identifier or resource id is in it, and nobody else's is", async () => {
  const text = JSON.stringify(await exported(net.june));
  const secrets = [...net.subs.values(), net.june.passkey.sign("AAAA").id, net.app.clientId, net.provincial.clientId];
  for (const secret of secrets) expect(text.includes(secret)).toBe(false);
  expect(text).not.toMatch(/pairwiseKey|publicKey|evidenceHash|resourceIds|refreshTokens|endpointArn|personId/);
  const bob = new June(exchange, walletOrigin);
  await bob.createAccount("Bob");
  expect(await exported(bob)).toMatchObject({ account: { name: "Bob" }, sources: [], consents: [] });
});

test("UX-20 an entry that is over is removed from dashboard, activity and export, and one that stands is not", async () => {
  const screen = await asked();
  await net.june.approve(screen);
  const forget = () => net.june.call("POST", `/wallet/consents/${screen.id}/forget`);
  expect((await forget()).status).toBe(409);
  await net.june.withdraw(screen.id);
  const bob = new June(exchange, walletOrigin);
  await bob.createAccount("Bob");
  expect((await bob.call("POST", `/wallet/consents/${screen.id}/forget`)).status).toBe(404);
  expect((await forget()).status).toBe(204);
  expect((await net.june.call("GET", `/wallet/consents/${screen.id}`)).status).toBe(404);
  const listed = JSON.stringify(await answered(net.june.call("GET", "/wallet/consents")));
  expect(listed.includes(screen.id)).toBe(false);
  expect(JSON.stringify(await exported(net.june)).includes(screen.id)).toBe(false);
});
