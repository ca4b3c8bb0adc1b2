import { DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Uses, unfailing } from "../../core/uses.ts";
import type { ConsentView } from "../../protocol/wallet.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, refusal } from "../support/parties.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());
const noon = Date.UTC(2026, 10, 24, 12);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: noon });
});
afterEach(() => {
  vi.useRealTimers();
});
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);

/** A consent from both sources, and its first token, for the registry. */
async function granted() {
  await net.june.signIn();
  const asked = await answered(
    net.app.post("/bc-authorize", {
      scope: "openid",
      login_hint: await net.june.code("app"),
      binding_message: "A",
      authorization_details: JSON.stringify([{ type: immunizations, actions: ["read"] }]),
    }),
  );
  const screen = await net.june.waiting();
  await net.june.approve(screen);
  const tokens = await answered(
    net.app.post("/token", {
      grant_type: "urn:openid:params:grant-type:ciba",
      auth_req_id: String(asked["auth_req_id"]),
      resource: "https://registry.test",
    }),
  );
  const consent = async () =>
    (await answered(net.june.call("GET", `/wallet/consents/${screen.id}`))) as unknown as ConsentView;
  const refresh = () =>
    net.app.post("/token", {
      grant_type: "refresh_token",
      refresh_token: String(tokens["refresh_token"]),
      resource: "https://clinic.test",
    });
  return { id: screen.id, token: String(tokens["access_token"]), consent, refresh };
}
const asks = (source: typeof net.provincial, token: string) => answered(source.post("/introspect", { token }));

describe("Uses", () => {
  test("UX-14 last used and times used, by source; tokens taken apart", async () => {
    const { id, token, consent, refresh } = await granted();
    expect((await consent()).uses).toEqual({
      times: 0,
      lastAt: noon / 1_000,
      sources: [],
      collected: { times: 1, lastAt: noon / 1_000 },
      refused: [],
    });
    later(60);
    await asks(net.provincial, token);
    await asks(net.provincial, token);
    const second = await answered(refresh());
    later(60);
    await asks(net.lakeside, String(second["access_token"]));
    expect((await consent()).uses).toEqual({
      times: 3,
      lastAt: noon / 1_000 + 120,
      sources: [
        { name: "Lakeside Family Clinic", times: 1, lastAt: noon / 1_000 + 120 },
        { name: "Provincial Immunization Registry", times: 2, lastAt: noon / 1_000 + 60 },
      ],
      collected: { times: 2, lastAt: noon / 1_000 + 60 },
      refused: [],
    });
    const { consents } = await answered(net.june.call("GET", "/wallet/consents"));
    const listed = (consents as ConsentView[]).find((one) => one.id === id);
    expect(listed).toMatchObject({ lastUsedAt: noon / 1_000 + 120 });
    expect(listed?.uses).toBeUndefined();
  });

  test("UX-14 days add up, and the newest is the last", async () => {
    const { token, consent, refresh } = await granted();
    await asks(net.provincial, token);
    later(3 * 86_400);
    await net.june.signIn();
    const anew = await answered(refresh());
    await asks(net.lakeside, String(anew["access_token"]));
    expect((await consent()).uses).toMatchObject({ times: 2, lastAt: noon / 1_000 + 3 * 86_400 });
  });

  test("UX-16 who asks after the end is counted, and gets nothing", async () => {
    const { id, token, consent, refresh } = await granted();
    await net.june.withdraw(id);
    later(5);
    expect(await asks(net.provincial, token)).toEqual({ active: false });
    later(5);
    expect(await refusal(refresh())).toBe("400 invalid_grant");
    expect((await consent()).uses).toMatchObject({
      times: 0,
      refused: [
        { name: "My Immunizations", app: true, times: 1, lastAt: noon / 1_000 + 10 },
        { name: "Provincial Immunization Registry", times: 1, lastAt: noon / 1_000 + 5 },
      ],
    });
  });

  test("N-69 whoever asks about a token of another source, or a late one, is not counted", async () => {
    const { token, consent } = await granted();
    expect(await asks(net.lakeside, token)).toEqual({ active: false });
    later(400);
    expect(await asks(net.provincial, token)).toEqual({ active: false });
    expect((await consent()).uses).toMatchObject({ times: 0, refused: [] });
  });

  test("a count that cannot be written takes nothing from the answer, and is told", async () => {
    const { token, consent } = await granted();
    const { send } = DynamoDBDocumentClient.prototype;
    const broken = vi.spyOn(DynamoDBDocumentClient.prototype, "send").mockImplementation(function (
      this: unknown,
      command: unknown,
    ) {
      return command instanceof UpdateCommand
        ? Promise.reject(new Error("throttled"))
        : (send as (one: unknown) => unknown).call(this, command);
    } as never);
    expect(await asks(net.provincial, token)).toMatchObject({ active: true });
    broken.mockRestore();
    expect((await consent()).uses).toMatchObject({ times: 0 });

    const told: unknown[] = [];
    const failing = { note: () => Promise.reject(new Error("throttled")) } as unknown as Uses;
    await unfailing(failing, (error) => told.push(error)).note({ consentId: "c", party: "p", kind: "used", at: 0 });
    expect(told).toHaveLength(1);
  });
});
