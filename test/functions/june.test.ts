import { compactDecrypt, decodeJwt } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, refusal, thumbprint } from "../support/parties.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());

const details = JSON.stringify([
  {
    type: immunizations,
    actions: ["read"],
    optional_actions: ["subscribe"],
    purpose: "immunization-calendar",
    duration: "P90D",
  },
]);

async function configuration() {
  const options = { [client.customFetch]: exchange.fetch, execute: [] };
  return client.discovery(
    new URL(issuer),
    net.app.clientId,
    {},
    client.PrivateKeyJwt(net.app.keys.privateKey),
    options as never,
  );
}

describe("June's story, with openid-client as it is", () => {
  test("CIBA Core §10: asked, approved from both sources, a token for each, withdrawn", async () => {
    const config = await configuration();
    const dpop = client.getDPoPHandle(config, net.app.dpopKeys as CryptoKeyPair);
    const started = await client.initiateBackchannelAuthentication(config, {
      scope: "openid",
      login_hint: await net.june.code("app"),
      binding_message: "K7Q 2M9",
      authorization_details: details,
    });
    const screen = await net.june.waiting();
    expect(screen.notice).toMatchObject({ client: { name: "My Immunizations" }, bindingMessage: "K7Q 2M9" });
    const named = (name: string) =>
      screen.notice.asked[0]?.sources.find((source) => source.name.startsWith(name))?.id ?? "";
    const sources = [[named("Provincial"), named("Lakeside")]];
    expect((await net.june.approve(screen, { sources })).status).toBe(200);

    const tokens = await client.pollBackchannelAuthenticationGrant(config, { ...started, interval: 0 }, undefined, {
      DPoP: dpop,
    });
    expect(tokens.claims()).toMatchObject({ iss: issuer, aud: net.app.clientId });
    expect(tokens.authorization_details?.map(({ locations }) => locations)).toEqual([
      ["https://registry.test"],
      ["https://clinic.test"],
    ]);

    // The first source encrypts: the Client reads nothing, the source reads June's sub there.
    const { plaintext, protectedHeader } = await compactDecrypt(tokens.access_token, net.encryption.privateKey);
    expect(protectedHeader).toMatchObject({ cty: "JWT", kid: "enc-1" });
    expect(decodeJwt(new TextDecoder().decode(plaintext))).toMatchObject({
      iss: issuer,
      aud: "https://registry.test",
      sub: net.subs.get(net.provincial),
      client_id: net.app.clientId,
      cnf: { jkt: await thumbprint(net.app.dpopKeys) },
    });

    // RFC 9449 §5: a confidential client refreshes with another key, for the other source.
    const otherKey = await client.randomDPoPKeyPair("ES256");
    const second = await client.refreshTokenGrant(
      config,
      tokens.refresh_token ?? "",
      { resource: "https://clinic.test" },
      { DPoP: client.getDPoPHandle(config, otherKey) },
    );
    const claims = decodeJwt(second.access_token);
    expect(claims).toMatchObject({ aud: "https://clinic.test", cnf: { jkt: await thumbprint(otherKey) } });
    expect(claims.sub).not.toBe(net.subs.get(net.lakeside));
    const active = await answered(net.lakeside.post("/introspect", { token: second.access_token }));
    expect(active).toMatchObject({ active: true, sub: net.subs.get(net.lakeside), consent: claims["consent"] });

    // She withdraws: one write, and nothing of it works any more.
    expect((await net.june.withdraw(screen.id)).state).toBe("ended");
    expect(await answered(net.lakeside.post("/introspect", { token: second.access_token }))).toEqual({ active: false });
    expect(await answered(net.provincial.post("/introspect", { token: tokens.access_token }))).toEqual({
      active: false,
    });
    await expect(
      client.refreshTokenGrant(config, tokens.refresh_token ?? "", undefined, { DPoP: dpop }),
    ).rejects.toMatchObject({ error: "invalid_grant" });
  });

  test("CIBA Core §11: a decline is access_denied at once", async () => {
    const { auth_req_id } = await answered(
      net.app.post("/bc-authorize", {
        scope: "openid",
        login_hint: await net.june.code("app"),
        binding_message: "A",
        authorization_details: details,
      }),
    );
    const poll = () =>
      net.app.post("/token", { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id: String(auth_req_id) });
    expect(await refusal(poll())).toBe("400 authorization_pending");
    expect((await net.june.decline(await net.june.waiting())).status).toBe(204);
    expect(await refusal(poll())).toBe("400 access_denied");
  });
});
