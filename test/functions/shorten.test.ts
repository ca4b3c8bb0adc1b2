import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConsentView } from "../../protocol/wallet.ts";
import { changing } from "../support/changes.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { answered, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof changing>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await changing(exchange);
});
afterAll(() => exchange.close());
const later = stillClock();

const DAY = 86_400;
const now = () => Math.floor(Date.now() / 1_000);
const shorten = (id: string, endsAt: unknown) => net.june.call("POST", `/wallet/consents/${id}/shorten`, { endsAt });
const view = async (id: string) => (await net.consent(id)) as unknown as ConsentView;

describe("UX-05 a nearer end", () => {
  test("UX-05 at most three to choose from, each before the one in force; none for a sign-in or what is over", async () => {
    const { consentId } = await net.granted();
    const { nearer = [], endsAt = 0 } = await view(consentId);
    expect(nearer).toEqual([1, 7, 30].map((days) => ({ duration: `P${days}D`, endsAt: now() + days * DAY })));
    expect(nearer.every((end) => end.endsAt < endsAt)).toBe(true);
    await net.june.withdraw(consentId);
    expect(await view(consentId)).not.toHaveProperty("nearer");

    await net.ask({ scope: "openid" });
    const signIn = await net.june.waiting();
    await answered(net.june.approve(signIn));
    expect(await view(signIn.id)).not.toHaveProperty("nearer");
    expect(await refusal(shorten(signIn.id, now() + 400))).toBe("409 conflict");
  });

  test("RFC 6749 §5.1, RFC 7662 §2.2 a session is enough; no token outlives it, and at that moment the consent has ended", async () => {
    const { consentId, access_token, refresh_token } = await net.granted();
    const endsAt = now() + 300;
    expect(await answered(shorten(consentId, endsAt))).toMatchObject({ state: "active", endsAt });
    expect(await net.introspect(access_token)).toMatchObject({ active: true });
    later(100);
    const fresh = await answered(net.refresh(refresh_token));
    expect(fresh["expires_in"]).toBe(200);
    later(200);
    for (const token of [access_token, fresh["access_token"]])
      expect(await net.introspect(String(token))).toEqual({ active: false });
    expect(await refusal(net.refresh(refresh_token))).toBe("400 invalid_grant");
    const { handler: due } = await import("../../functions/due.ts");
    await due();
    expect(await view(consentId)).toMatchObject({ state: "ended", endedBy: "expired", endedAt: endsAt });
  });

  test("never longer, nor within the life of a token; the same end again is no harm", async () => {
    const { consentId } = await net.granted();
    const { endsAt = 0 } = await view(consentId);
    for (const wrong of [endsAt + 1, endsAt + 90 * DAY, now() + 299, now(), 0, -1])
      expect(await refusal(shorten(consentId, wrong))).toBe("422 unprocessable");
    for (const malformed of [undefined, "soon", 1.5, null])
      expect((await shorten(consentId, malformed)).status).toBe(400);
    for (let n = 0; n < 2; n++)
      expect(await answered(shorten(consentId, endsAt - DAY))).toMatchObject({ endsAt: endsAt - DAY });
    expect(await refusal(shorten(consentId, endsAt))).toBe("422 unprocessable");
    const bob = new June(exchange, walletOrigin);
    await bob.createAccount("Bob");
    expect(await refusal(bob.call("POST", `/wallet/consents/${consentId}/shorten`, { endsAt: now() + DAY }))).toBe(
      "404 not_found",
    );
  });

  test("Grant Management §5.2 paused, or with a change waiting, it is shortened as well; the change then starts from the new end", async () => {
    const { consentId, grant_id } = await net.granted();
    await answered(net.june.call("POST", `/wallet/consents/${consentId}/pause`));
    const { screen } = await net.asked(grant_id, "merge", { scope: "openid document.view" });
    const endsAt = now() + 7 * DAY;
    expect(await answered(shorten(consentId, endsAt))).toMatchObject({ state: "paused", endsAt });
    expect(await refusal(net.june.approve(screen))).toBe("409 conflict");
    const { notice } = await net.june.screen(consentId);
    expect(notice.change).toMatchObject({ endsAt });
    expect(notice.durations).toEqual([{ endsAt }]);
  });

  test("of many at once the nearest counts, whichever came last", async () => {
    const { consentId } = await net.granted();
    const ends = [5, 9, 3, 7, 11, 2, 8].map((days) => now() + days * DAY);
    const answers = await Promise.all(ends.map((endsAt) => shorten(consentId, endsAt)));
    expect(answers.every(({ status }) => status === 200 || status === 422)).toBe(true);
    expect(await view(consentId)).toMatchObject({ endsAt: now() + 2 * DAY });
  });
});
