import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changing } from "../support/changes.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { answered, refusal } from "../support/parties.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof changing>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await changing(exchange);
});
afterAll(() => exchange.close());
const later = stillClock();

const title = "Your immunization history";
const asked = async (more: Record<string, string> = {}, app = net.manager) => {
  await answered(net.ask(more, app));
  return net.june.waiting();
};

describe("UX-08 what the app sees already by another permission", () => {
  test("UX-08 is said, and signed, of the same kind and the same app alone; the newest counts", async () => {
    const first = await net.granted();
    const fresh = await asked({ scope: "openid document.view" });
    expect(fresh.notice).not.toHaveProperty("already");
    await net.june.decline(fresh);
    const sibling = await asked({}, net.sibling);
    expect(sibling.notice).not.toHaveProperty("already");
    await net.june.decline(sibling);

    later(60);
    const { consentId } = await net.granted();
    const second = (await net.consent(consentId)) as { decidedAt: number; endsAt: number };
    const screen = await asked();
    expect(screen.notice.already).toEqual([{ title, decidedAt: second.decidedAt, endsAt: second.endsAt }]);

    // Paused, stopped or over meanwhile it reads differently, so the old screen is no answer any more.
    await answered(net.june.call("POST", `/wallet/consents/${consentId}/pause`));
    expect(await refusal(net.june.approve(screen))).toBe("409 conflict");
    const again = await net.june.screen(screen.id);
    expect(again.notice.already).toMatchObject([{ paused: true }]);
    await net.june.withdraw(consentId);
    await net.june.withdraw(first.consentId);
    const alone = await net.june.screen(screen.id);
    expect(alone.notice).not.toHaveProperty("already");
    expect((await net.june.approve(alone)).status).toBe(200);
  });

  test("UX-08 a change of that very permission says what differs, and names no other", async () => {
    const { grant_id, consentId } = await net.granted();
    const { screen } = await net.asked(grant_id, "merge", { scope: "openid document.view" });
    expect(screen.id).toBe(consentId);
    expect(screen.notice).not.toHaveProperty("already");
    expect(screen.notice.change).toMatchObject({ action: "merge" });
    await net.june.decline(screen);
  });

  test("OIDC Core §3.1 a sign-in shares nothing, so nothing is shared already", async () => {
    await net.granted();
    const screen = await asked({ scope: "openid" });
    expect(screen.notice).not.toHaveProperty("already");
    await net.june.decline(screen);
  });
});
