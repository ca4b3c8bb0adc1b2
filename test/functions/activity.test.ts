import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Activity } from "../../protocol/wallet-activity.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered } from "../support/parties.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let resourceIds: string[] = [];
let net: Awaited<ReturnType<typeof network>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());

async function asked(app = net.app) {
  const request = {
    scope: "openid",
    login_hint: await net.june.code("app"),
    binding_message: "Blue heron 47",
    authorization_details: JSON.stringify([{ type: immunizations, actions: ["read"] }]),
  };
  const { auth_req_id } = await answered(app.post("/bc-authorize", request));
  return { screen: await net.june.waiting(), auth_req_id: String(auth_req_id) };
}
const activity = async (person = net.june, language = "en") =>
  (await answered(
    person.call("GET", "/wallet/activity", undefined, { "accept-language": language }),
  )) as unknown as Activity;
const happened = async () => (await activity()).entries.map(({ what }) => what);

describe("Activity", () => {
  test("UX-16 everything that was asked, answered, used, tried and ended, refused ones too, newest first", async () => {
    const { screen, auth_req_id } = await asked();
    await net.june.approve(screen);
    const { access_token } = await answered(
      net.app.post("/token", {
        grant_type: "urn:openid:params:grant-type:ciba",
        auth_req_id,
        resource: "https://registry.test",
      }),
    );
    const token = String(access_token);
    const active = await answered(net.provincial.post("/introspect", { token }));
    resourceIds = (active["authorization_details"] as { resource_ids: string[] }[]).flatMap((one) => one.resource_ids);
    expect(resourceIds).toHaveLength(1);
    await net.june.call("POST", `/wallet/consents/${screen.id}/pause`);
    await net.june.call("POST", `/wallet/consents/${screen.id}/resume`);
    await net.june.withdraw(screen.id);
    await answered(net.provincial.post("/introspect", { token }));
    const [lakeside] = (
      (await answered(net.june.call("GET", "/wallet/sources")))["sources"] as { id: string; name: string }[]
    ).filter(({ name }) => name.startsWith("Lakeside"));
    await net.june.call("POST", `/wallet/sources/${lakeside?.id}/unlink`);
    const no = await asked(net.otherApp);
    await net.june.decline(no.screen);
    const stranger = await asked(net.otherApp);
    await net.june.decline(stranger.screen, true);

    const what = await happened();
    expect([...what].sort()).toEqual(
      [
        ...["account_made", "passkey_made", "source_connected", "source_connected", "source_disconnected"],
        ...["asked", "approved", "collected", "used", "paused", "resumed", "withdrawn", "refused"],
        ...["asked", "declined", "asked", "not_me"],
      ].sort(),
    );
    const { entries } = await activity();
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).sort((a, b) => b - a));
    expect(entries.find((entry) => entry.what === "used")).toEqual({
      at: expect.any(Number),
      what: "used",
      app: "My Immunizations",
      place: "Provincial Immunization Registry",
      titles: ["Your immunization history"],
      times: 1,
      consent: screen.id,
    });
    expect((await activity(net.june, "fr")).entries.find(({ titles }) => titles)?.titles).toEqual([
      "Votre historique de vaccination",
    ]);
  });

  test("UX-16 no data value, resource id, binding message, action or identifier of anybody is in it", async () => {
    const { entries } = await activity();
    const known = new Set(["at", "what", "app", "place", "titles", "times", "consent"]);
    expect(entries.flatMap((entry) => Object.keys(entry)).filter((name) => !known.has(name))).toEqual([]);
    const text = JSON.stringify(entries);
    const secrets = [
      ...net.subs.values(),
      net.app.clientId,
      net.provincial.clientId,
      "Blue heron",
      "Vaccines",
      ...resourceIds,
    ];
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });

  test("N-71 somebody else's activity is not there", async () => {
    const bob = new June(exchange, walletOrigin);
    await bob.createAccount("Bob");
    expect((await activity(bob)).entries.map(({ what }) => what).sort()).toEqual(["account_made", "passkey_made"]);
  });
});
