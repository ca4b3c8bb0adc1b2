import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Notice, RequestScreen } from "../../protocol/wallet.ts";
import { authorization_details, backchannel } from "../support/backchannel.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { document, immunizations, link, network } from "../support/network.ts";
import { answered, keyPair, type Party, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";
import { selfRegistered } from "../support/self-registered.ts";

/** What the request screen is told and what it may answer, row by row of the requirements. */
let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());
const later = stillClock();
const { ask } = backchannel(() => net);

async function waiting(more: Record<string, string> = {}, app = net.app, who = net.june): Promise<RequestScreen> {
  await answered(ask({ login_hint: await who.code("app"), ...more }, app));
  return who.waiting();
}
const operator = async (path: string) =>
  answered(net.root.call("POST", `/operator/${path}`, await net.root.token("operate")));

describe("UX-01 who asks, and whose word its name is", () => {
  const clientOf = async (app: Party) => {
    const screen = await waiting({}, app);
    await net.june.decline(screen);
    return screen.notice.client;
  };
  test("the operator entered it", async () => {
    expect(await clientOf(net.app)).toMatchObject({ name: "My Immunizations", namedBy: "operator" });
  });
  test("it registered itself; a software statement vouches for the name it says, and for no other", async () => {
    const self = await selfRegistered(exchange, net);
    const keys = await keyPair();
    await net.add("statement-issuers", { issuer: "https://trust.test", jwks: await self.jwks(keys) });
    const ciba = { grant_types: ["urn:openid:params:grant-type:ciba"] };
    const registered = async (claims?: object) => {
      const signed = new SignJWT({ iss: "https://trust.test", ...claims }).setProtectedHeader({
        alg: "ES256",
        kid: "a",
      });
      const software_statement = claims && (await signed.sign(keys.privateKey));
      return (await self.registered({ ...ciba, ...(software_statement !== undefined && { software_statement }) }))
        .party;
    };
    expect(await clientOf(await registered())).toMatchObject({ name: "Reader", namedBy: "itself" });
    expect(await clientOf(await registered({ client_name: "Stated" }))).toMatchObject({
      name: "Stated",
      namedBy: "statement",
      vouchedBy: "trust.test",
    });
    const silent = await clientOf(await registered({ client_uri: "https://reader.test" }));
    expect(silent).toMatchObject({ name: "Reader", namedBy: "itself" });
    expect(silent).not.toHaveProperty("vouchedBy");
  });
});

describe("UX-04 sources that cannot serve are shown with the reason", () => {
  const reasons = async (who: June, more: Record<string, string> = {}) => {
    const screen = await waiting(more, net.app, who);
    const shown = screen.notice.asked[0]?.sources.map(({ name, usable, reason }) => [
      name.split(" ")[0],
      usable ? "" : reason,
    ]);
    return { screen, shown: Object.fromEntries(shown ?? []) };
  };
  async function person(name: string, ...resources: Parameters<typeof link>[]) {
    const who = new June(exchange);
    await who.createAccount(name);
    for (const [source, , ...more] of resources) await link(source, await who.code("source"), ...more);
    return who;
  }
  test("it holds nothing of the kind, or its API cannot do what is needed", async () => {
    const ann = await person(
      "Ann",
      [net.provincial, "", document, ["view"]],
      [net.lakeside, "", immunizations, ["subscribe"]],
    );
    const { screen, shown } = await reasons(ann);
    expect(shown).toEqual({ Provincial: "holds_none", Lakeside: "lacks_action" });
    const sources = [screen.notice.asked[0]?.sources.map(({ id }) => id) ?? []];
    expect(await refusal(ann.approve(screen, { sources }))).toBe("422 unprocessable");
  });
  test("the person disconnected it: chosen all the same it is refused; connected anew it serves", async () => {
    const bea = await person("Bea", [net.provincial, ""], [net.lakeside, ""]);
    const { sources } = (await answered(bea.call("GET", "/wallet/sources"))) as {
      sources: { id: string; name: string }[];
    };
    const lakeside = sources.find(({ name }) => name.startsWith("Lakeside"))?.id ?? "";
    await bea.call("POST", `/wallet/sources/${lakeside}/unlink`);
    const { screen, shown } = await reasons(bea);
    expect(shown).toEqual({ Provincial: "", Lakeside: "disconnected" });
    expect(await refusal(bea.approve(screen, { sources: [[lakeside]] }))).toBe("422 unprocessable");
    await link(net.lakeside, await bea.code("source"));
    expect((await bea.screen(screen.id)).notice.asked[0]?.sources.map(({ usable }) => usable)).toEqual([true, true]);
  });
  test("the operator stopped it, and lets it go on", async () => {
    const cleo = await person("Cleo", [net.provincial, ""], [net.lakeside, ""]);
    await operator(`resource-servers/${net.lakeside.clientId}/suspend`);
    later(5);
    const { screen, shown } = await reasons(cleo);
    expect(shown).toEqual({ Provincial: "", Lakeside: "suspended" });
    await operator(`resource-servers/${net.lakeside.clientId}/resume`);
    later(5);
    expect((await cleo.screen(screen.id)).notice.asked[0]?.sources.map(({ usable }) => usable)).toEqual([true, true]);
  });
});

describe("UX-05 for how long", () => {
  test("at most three ends, the app's wish last; none longer, and none in between, is accepted", async () => {
    const screen = await waiting();
    const ends = screen.notice.durations.map(({ endsAt }) => endsAt);
    expect(ends.length).toBeLessThanOrEqual(3);
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    const [longest = 0] = ends.slice(-1);
    for (const endsAt of [longest + 1, longest + 86_400, longest - 1, 0])
      expect(await refusal(net.june.approve(screen, { endsAt }))).toBe("422 unprocessable");
    await net.june.decline(screen);
  });
  test("an app cannot ask for longer than the operator allows for the kind", async () => {
    const detail = { type: immunizations, actions: ["read"], duration: "P2Y" };
    const longer = ask({ login_hint: "nobody", authorization_details: JSON.stringify([detail]) });
    expect(await refusal(longer)).toBe("400 invalid_authorization_details");
  });
});

test("UX-06 a yes needs a passkey that verified the person; a no, and “I did not start this”, a session", async () => {
  const screen = await waiting();
  const path = `/wallet/requests/${screen.id}`;
  const present = 0x01;
  const unverified = await net.june.approval(screen, {}, net.june.passkey, present);
  expect(await refusal(net.june.call("POST", `${path}/approve`, unverified))).toMatch(/^401 /);
  const stranger = new June(exchange);
  const verified = await net.june.approval(screen);
  expect(await refusal(stranger.call("POST", `${path}/approve`, verified))).toBe("401 login_required");
  for (const notMe of [false, true])
    expect(await refusal(stranger.call("POST", `${path}/decline`, { notMe }))).toBe("401 login_required");
  expect((await net.june.screen(screen.id)).revision).toBe(screen.revision);
  expect((await net.june.decline(screen, true)).status).toBe(204);
});

test("UX-09 health among other kinds needs a yes of its own, and the notice that is signed says so; alone it is the whole request", async () => {
  const explicit = ({ asked }: Notice) => asked.map((kind) => kind.explicit ?? false);
  const purpose = "immunization-calendar";
  const capabilities = [
    { type: immunizations, actions: ["read"], purpose },
    { type: document, actions: ["view"], purpose },
  ];
  const app = await net.client("Two kinds", { capabilities });
  const alone = await waiting({}, app);
  expect(explicit(alone.notice)).toEqual([false]);
  await net.june.decline(alone);
  await link(net.lakeside, await net.june.code("source"), document, ["view"]);
  const details = [...JSON.parse(authorization_details), { type: document, actions: ["view"] }];
  const both = await waiting({ authorization_details: JSON.stringify(details) }, app);
  expect(explicit(both.notice)).toEqual([true, false]);
  await net.june.decline(both);
});

test("UX-30 UX-31 only an authenticated Client asks, and a one-time code of the Wallet leads to its person once", async () => {
  const app = await net.client("Asking");
  const login_hint = await net.june.code("app");
  const unauthenticated = await exchange.fetch(`${issuer}/bc-authorize`, {
    method: "POST",
    body: new URLSearchParams({ scope: "openid", login_hint, binding_message: "A", client_id: app.clientId }),
  });
  expect(await refusal(unauthenticated)).toBe("401 invalid_client");
  await answered(ask({ login_hint }, app));
  const screen = await net.june.waiting();
  expect(screen.notice.client.name).toBe("Asking");
  await net.june.decline(screen);
  await answered(ask({ login_hint }, await net.client("Asking too")));
  await exchange.settled();
  expect((await net.june.requests()).map(({ client }) => client)).not.toContain("Asking too");
});

test("UX-34 a binding message of 1 to 50 plain characters is shown as the Client sent it", async () => {
  const app = await net.client("Binding");
  for (const binding_message of ["A", "Blue heron 47", `${"x".repeat(24)} 1.2-3 ${"y".repeat(18)}`]) {
    const screen = await waiting({ binding_message }, app);
    expect(screen.notice.bindingMessage).toBe(binding_message);
    await net.june.approve(screen);
  }
});
