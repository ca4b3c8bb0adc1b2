import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CLIENT_ASSERTION_JWT } from "../../protocol/oauth.ts";
import { authorization_details } from "../support/backchannel.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { askIn, good, redirectDoor, redirecting } from "../support/redirect.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let app: Party;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  app = await net.client("Redirecting", redirecting);
});
afterAll(() => exchange.close());
const { push, browser } = redirectDoor(
  () => exchange,
  () => net,
  () => app,
);

const [registry, clinic] = ["https://registry.test", "https://clinic.test"];

/** A form as it is, with repeated parameters. */
async function repeated(path: string, pairs: readonly (readonly [string, string])[], party = app) {
  const body = new URLSearchParams([
    ["client_assertion_type", CLIENT_ASSERTION_JWT],
    ["client_assertion", await party.assertion()],
    ...pairs.map(([name, value]) => [name, value]),
  ]);
  const headers = { dpop: await party.proof("POST", issuer + path) };
  return exchange.fetch(issuer + path, { method: "POST", headers, body });
}
const asking = (...resources: readonly string[]) => [
  ...Object.entries(good),
  ...resources.map((resource) => ["resource", resource] as const),
];

/** Which sources June may choose, at the screen this request leads to. */
async function usable(response: Response): Promise<readonly string[]> {
  const { request_uri } = await answered(response);
  const location = await browser().authorize(String(request_uri), app.clientId);
  const { id } = (await answered(net.june.call("POST", `/wallet/asks/${askIn(location)}`))) as { id: string };
  const [kind] = (await net.june.screen(id)).notice.asked;
  return (kind?.sources ?? []).filter((source) => source.usable).map(({ name }) => name);
}

describe("RFC 8707 §2.1 resource in the request", () => {
  test("it is the wish for sources, of what is asked by scope; several are allowed", async () => {
    expect([...(await usable(await push()))].sort()).toEqual([
      "Lakeside Family Clinic",
      "Provincial Immunization Registry",
    ]);
    expect(await usable(await push({ resource: clinic }))).toEqual(["Lakeside Family Clinic"]);
    expect([...(await usable(await repeated("/par", asking(registry, clinic))))].sort()).toEqual([
      "Lakeside Family Clinic",
      "Provincial Immunization Registry",
    ]);
  });
  test("RFC 9396 §3.2 authorization_details have locations of their own: resource changes nothing in them", async () => {
    const details = { scope: "openid", authorization_details, resource: clinic };
    expect(await usable(await push(details))).toHaveLength(2);
  });
  test("§2.1 in a signed request it is text or a list", async () => {
    const signed = async (resource: unknown) => {
      const claims = { ...good, client_id: app.clientId, resource };
      const time = Math.floor(Date.now() / 1000);
      const request = await new SignJWT(claims)
        .setProtectedHeader({ alg: "ES256" })
        .setIssuer(app.clientId)
        .setAudience(issuer)
        .setNotBefore(time)
        .setExpirationTime(time + 60)
        .sign(app.keys.privateKey);
      return app.post("/par", { request });
    };
    expect(await usable(await signed(registry))).toEqual(["Provincial Immunization Registry"]);
    expect(await usable(await signed([registry, clinic]))).toHaveLength(2);
    expect(await refusal(signed([registry, { a: 1 }]))).toBe("400 invalid_target");
  });
  test.each([
    "https://camp.test",
    "https://registry.test/",
    "https://registry.test#a",
    "registry.test",
    "urn:registry",
    "//registry.test",
  ])("§2 %s is invalid_target", async (resource) => {
    expect(await refusal(push({ resource }))).toBe("400 invalid_target");
    expect(await refusal(repeated("/par", asking(registry, resource)))).toBe("400 invalid_target");
  });
  test("§2.1 the same at the back channel", async () => {
    const scope = "openid immunization-history.read";
    const ask = (login_hint: string, resource: string) =>
      net.app.post("/bc-authorize", { scope, login_hint, binding_message: "A", resource });
    expect(await refusal(ask("nobody", "https://camp.test"))).toBe("400 invalid_target");
    await answered(ask(await net.june.code("app"), clinic));
    await exchange.settled();
    // Requests of one second have no order; this Client has one.
    const own = (await net.june.requests()).find(({ client }) => client === "My Immunizations");
    const { notice } = await net.june.screen(String(own?.id));
    const reasons = notice.asked[0]?.sources.map(({ name, reason }) => [name, reason]) ?? [];
    expect(Object.fromEntries(reasons)).toEqual({
      "Provincial Immunization Registry": "not_asked",
      "Lakeside Family Clinic": undefined,
    });
  });
  test("N-34 resource alone may be repeated", async () => {
    expect((await repeated("/par", asking(registry, clinic))).status).toBe(201);
    for (const name of ["scope", "state", "redirect_uri", "authorization_details"])
      expect(await refusal(repeated("/par", [...asking(), [name, "a"], [name, "a"]]))).toBe("400 invalid_request");
  });
});
