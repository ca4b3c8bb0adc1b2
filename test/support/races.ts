import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalDynamoDB } from "./dynamodb.ts";
import { type TestExchange, testExchange } from "./exchange.ts";
import { immunizations, network } from "./network.ts";
import { answered, refusal } from "./parties.ts";

const grant_type = "urn:openid:params:grant-type:ciba";
const authorization_details = JSON.stringify([{ type: immunizations, actions: ["read"] }]);

/** k copies of one request at once, on any store: exactly one wins (N-22, N-29, N-71). */
export function races(name: string, open: () => Promise<LocalDynamoDB>) {
  describe(`races on ${name}`, () => {
    let exchange: TestExchange;
    let net: Awaited<ReturnType<typeof network>>;
    beforeAll(async () => {
      exchange = await testExchange(await open());
      net = await network(exchange);
    }, 60_000);
    afterAll(() => exchange.close());

    const asked = async () => {
      const login_hint = await net.june.code("app");
      const request = { scope: "openid", login_hint, binding_message: "A", authorization_details };
      return String((await answered(net.app.post("/bc-authorize", request)))["auth_req_id"]);
    };
    const redeem = (auth_req_id: string) => net.app.post("/token", { grant_type, auth_req_id });
    const outcome = async (response: Promise<Response>) => ((await response).ok ? "tokens" : refusal(response));
    const count = (results: readonly string[]) =>
      Object.fromEntries(
        Map.groupBy(results, (result) => result)
          .entries()
          .map(([result, same]) => [result, same.length]),
      );

    test("N-22 of 50 concurrent redemptions one succeeds and the losers revoke nothing", async () => {
      const handle = await asked();
      await net.june.approve(await net.june.waiting());
      const responses = await Promise.all(Array.from({ length: 50 }, () => redeem(handle)));
      const won = responses.filter(({ ok }) => ok);
      expect(won).toHaveLength(1);
      expect(count(await Promise.all(responses.filter(({ ok }) => !ok).map(refusal)))).toEqual({
        "400 invalid_grant": 49,
      });
      const [{ refresh_token } = { refresh_token: "" }] = (await Promise.all(won.map((winner) => winner.json()))) as {
        refresh_token: string;
      }[];
      expect((await net.app.post("/token", { grant_type: "refresh_token", refresh_token })).status).toBe(200);
    }, 60_000);

    test("N-29 of 20 parallel refreshes all succeed and none rotates", async () => {
      const handle = await asked();
      await net.june.approve(await net.june.waiting());
      const { refresh_token } = await answered(redeem(handle));
      const refreshes = Array.from({ length: 20 }, () =>
        net.app.post("/token", { grant_type: "refresh_token", refresh_token: String(refresh_token) }),
      );
      expect((await Promise.all(refreshes)).map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    }, 60_000);

    test("N-71 approve against decline, 50 times, while the Client polls: exactly one outcome", async () => {
      for (let n = 0; n < 50; n++) {
        const handle = await asked();
        const screen = await net.june.waiting();
        const [approved, declined, polled] = await Promise.all([
          net.june.approve(screen),
          net.june.decline(screen),
          outcome(redeem(handle)),
        ]);
        expect([approved.ok, declined.ok].filter(Boolean)).toHaveLength(1);
        expect([409, 410]).toContain(approved.ok ? declined.status : approved.status);
        const later = polled === "tokens" ? polled : await outcome(redeem(handle));
        // A second poll may be early; what it never is, is the other outcome.
        expect(approved.ok ? ["tokens"] : ["400 access_denied"]).toContain(later);
      }
    }, 120_000);

    test("design §2 pause against withdraw against redeem, 50 times: one end, and nothing is given out that is not held back", async () => {
      const step = (id: string, name: string) => net.june.call("POST", `/wallet/consents/${id}/${name}`);
      for (let n = 0; n < 50; n++) {
        const handle = await asked();
        const { id } = await net.june.waiting().then(async (screen) => {
          await net.june.approve(screen);
          return screen;
        });
        const [paused, withdrawn, redeemed] = await Promise.all([
          step(id, "pause"),
          n % 2 === 0 ? step(id, "withdraw") : undefined,
          redeem(handle),
        ]);
        // Withdrawn first there is nothing to pause.
        expect(withdrawn === undefined ? [200] : [200, 409]).toContain(paused.status);
        if (withdrawn !== undefined) expect(withdrawn.status).toBe(200);
        const state = withdrawn === undefined ? "paused" : "ended";
        expect(await answered(net.june.call("GET", `/wallet/consents/${id}`))).toMatchObject({ state });
        const tokens = redeemed.ok ? ((await redeemed.json()) as Record<string, string>) : undefined;
        if (tokens === undefined) {
          expect([
            "503 temporarily_unavailable",
            "400 access_denied",
            // Paused, or stopped, between the handle's end and the token.
            "400 invalid_grant",
          ]).toContain(await refusal(redeemed));
          continue;
        }
        const refresh = () =>
          net.app.post("/token", { grant_type: "refresh_token", refresh_token: String(tokens["refresh_token"]) });
        expect(await refusal(refresh())).toBe(
          withdrawn === undefined ? "503 temporarily_unavailable" : "400 invalid_grant",
        );
        const token = String(tokens["access_token"]);
        expect(await answered(net.provincial.post("/introspect", { token }))).toEqual({ active: false });
        if (withdrawn !== undefined) continue;
        await answered(step(id, "resume"));
        const { access_token } = await answered(refresh());
        expect(await answered(net.provincial.post("/introspect", { token: String(access_token) }))).toMatchObject({
          active: true,
        });
      }
    }, 120_000);
  });
}
