import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { selfRegistered } from "../support/self-registered.ts";

/** UX-01, N-72: the logo of an app or a source is what the operator looked at, and no address that a party names. */
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
/** More than the registry's 2 s. */
const soon = () => later(3);
const picture = (name: string) =>
  readFileSync(new URL(`../../examples/demo-network/logos/${name}.png`, import.meta.url));
const png = picture("clinic");
const other = picture("registry");
const operator = async (method: string, path: string, body?: object) =>
  net.root.call(method, `/operator/${path}`, await net.root.token("operate"), body);
const give = (path: string, bytes: Buffer) =>
  answered(operator("PUT", `${path}/logo`, { png: bytes.toString("base64") }));
const shown = (hash: unknown) => exchange.fetch(`${walletOrigin}/wallet/logos/${hash}`);

async function screenOf(party: Party) {
  const request = { scope: "openid immunization-history.read", binding_message: "A" };
  await answered(party.post("/bc-authorize", { ...request, login_hint: await net.june.code("app") }));
  return net.june.waiting();
}

const first = async (path: string, list: string) => {
  const [item] = (await answered(net.june.call("GET", path)))[list] as Record<string, unknown>[];
  return item;
};

describe("UX-01 a logo", () => {
  test("of an app is on its request, in the notice that is signed, and in the lists, until it is taken away", async () => {
    const app = `clients/${net.app.clientId}`;
    const { logo } = await give(app, png);
    soon();
    const screen = await screenOf(net.app);
    expect(screen.notice.client).toMatchObject({ name: "My Immunizations", logo });
    expect(await first("/wallet/requests", "requests")).toMatchObject({ logo });
    await answered(net.june.approve(screen));
    expect(await first("/wallet/consents", "consents")).toMatchObject({ client: "My Immunizations", logo });
    expect(await answered(operator("DELETE", `${app}/logo`))).not.toHaveProperty("logo");
    soon();
    expect(await first("/wallet/consents", "consents")).not.toHaveProperty("logo");
    // The notice of before names it still, and whoever reads the evidence can see it.
    expect((await shown(logo)).status).toBe(200);
  });
  test("of a source is in the list of sources", async () => {
    const { logo } = await give(`resource-servers/${net.provincial.clientId}`, other);
    soon();
    const { sources } = await answered(net.june.call("GET", "/wallet/sources"));
    const logos = (sources as Record<string, unknown>[]).map((source) => [source["name"], source["logo"]]);
    expect(new Map(logos as [])).toEqual(
      new Map([
        ["Lakeside Family Clinic", undefined],
        ["Provincial Immunization Registry", logo],
      ]),
    );
  });
  test("is the same bytes for everybody, at an address that never changes, and can do nothing as a page", async () => {
    const { logo } = await give(`clients/${net.otherApp.clientId}`, png);
    const answer = await shown(logo);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/png",
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    });
    expect(Buffer.from(await answer.arrayBuffer()).equals(png)).toBe(true);
    for (const unknown of ["x", "A".repeat(43), "..%2F..%2Fme"])
      expect(await refusal(shown(unknown))).toBe("404 not_found");
  });
  test("is told to no app, and no app sets it", async () => {
    const { party, path, token } = await self.registered();
    await give(`clients/${party.clientId}`, png);
    const metadata = { client_name: "Reader", jwks: await self.jwks(party.keys), logo: "A".repeat(43) };
    for (const answer of [
      await self.send("PUT", path, token, { client_id: party.clientId, ...metadata }),
      await self.send("GET", path, token),
      await self.register(metadata),
    ])
      expect(await answered(Promise.resolve(answer))).not.toHaveProperty("logo");
    expect(await refusal(party.call("PUT", `/operator/clients/${party.clientId}/logo`, net.token, {}))).toMatch(
      /^401 /,
    );
  });
  test("N-72 goes with the name it was given to: an app that calls itself otherwise has none", async () => {
    const { party, path, token } = await self.registered();
    const { logo } = await give(`clients/${party.clientId}`, png);
    const update = { client_id: party.clientId, jwks: await self.jwks(party.keys) };
    const seen = async () => {
      soon();
      const screen = await screenOf(party);
      await net.june.decline(screen);
      return screen.notice.client;
    };
    await answered(
      self.send("PUT", path, token, { ...update, client_name: "Reader", client_uri: "https://reader.test" }),
    );
    expect(await seen()).toMatchObject({ name: "Reader", uri: "https://reader.test", logo });
    await answered(self.send("PUT", path, token, { ...update, client_name: "My Immunizations" }));
    expect(await seen()).not.toHaveProperty("logo");
  });
  const patched = (at: number, ...bytes: number[]) => {
    const changed = Buffer.from(png);
    changed.set(bytes, at);
    return changed;
  };
  test.each([
    ["no PNG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ["another signature", patched(1, 0x51)],
    ["no header first", patched(12, 0x4a)],
    ["something behind the end", Buffer.concat([png, Buffer.from("<script>")])],
    ["wider than high", patched(16, 0, 0, 0, 129)],
    ["47 pixels", patched(16, 0, 0, 0, 47, 0, 0, 0, 47)],
    ["513 pixels", patched(16, 0, 0, 2, 1, 0, 0, 2, 1)],
    ["too large", Buffer.concat([png.subarray(0, -12), Buffer.alloc(16_384), png.subarray(-12)])],
    ["nothing", Buffer.alloc(0)],
  ])("is refused: %s", async (_, bytes) => {
    const sent = operator("PUT", `clients/${net.app.clientId}/logo`, { png: bytes.toString("base64") });
    expect(await refusal(sent)).toBe("400 invalid_client_metadata");
  });
  test.each([
    ["no base64", { png: "data:image/png;base64,AAAA" }],
    ["an address", { png: "https://evil.test/logo.png" }],
    ["another member", { png: png.toString("base64"), svg: "x" }],
    ["no body", undefined],
  ])("is refused: %s", async (_, body) => {
    expect(await refusal(operator("PUT", `clients/${net.app.clientId}/logo`, body))).toBe(
      "400 invalid_client_metadata",
    );
  });
  test.each(["clients/client_unknown", "purposes/immunization-calendar", "people/x.y", "constructor/x"])(
    "nobody sees %s: not found",
    async (path) => {
      expect(await refusal(operator("PUT", `${path}/logo`, { png: png.toString("base64") }))).toBe("404 not_found");
    },
  );
});
