import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RequestScreen } from "../../protocol/wallet.ts";
import type { ClosedRequest } from "../../protocol/wallet-closed.ts";
import { backchannel } from "../support/backchannel.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { network } from "../support/network.ts";
import { answered, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());
const later = stillClock();
const { asked } = backchannel(() => net);

async function waiting(app = net.app): Promise<RequestScreen> {
  await asked(await net.june.code("app"), app);
  return net.june.waiting();
}
/** What each way to a request that is over is answered: looking, and saying yes or no. */
async function ways(screen: RequestScreen, who = net.june) {
  const looking = await refusal(who.call("GET", `/wallet/requests/${screen.id}`));
  return [...new Set([looking, await refusal(who.approve(screen)), await refusal(who.decline(screen))])];
}

describe("UX-18 a request that waits no more says why, to whom it asked and to nobody else", () => {
  test("answered: whichever way, and on whichever device", async () => {
    for (const answer of ["approve", "decline", "not me"]) {
      const screen = await waiting();
      const response = answer === "approve" ? net.june.approve(screen) : net.june.decline(screen, answer === "not me");
      expect((await response).ok).toBe(true);
      expect(await ways(screen), answer).toEqual(["410 used"]);
    }
  });
  test("late: before and after the clock wrote it", async () => {
    const screen = await waiting(net.otherApp);
    later(900);
    expect(await ways(screen)).toEqual(["410 late"]);
    const { handler } = await import("../../functions/due.ts");
    await handler();
    expect(await ways(screen)).toEqual(["410 late"]);
  });
  test("its app is stopped, and once it is not, the request goes on", async () => {
    const app = await net.client("Stopped");
    const screen = await waiting(app);
    const token = await net.root.token("operate");
    await answered(net.root.call("POST", `/operator/clients/${app.clientId}/suspend`, token));
    later(5);
    const looking = net.june.call("GET", `/wallet/requests/${screen.id}`);
    expect([await refusal(looking), await refusal(net.june.approve(screen))]).toEqual(["410 gone", "410 gone"]);
    await answered(net.root.call("POST", `/operator/clients/${app.clientId}/resume`, token));
    later(5);
    expect((await net.june.approve(await net.june.screen(screen.id))).status).toBe(200);
  });
  test("the wrong person is told nothing of it, whatever became of it (N-71)", async () => {
    const bob = new June(exchange);
    await bob.createAccount("Bob");
    const body = async (id: string) => (await bob.call("GET", `/wallet/requests/${id}`)).json();
    const app = await net.client("Asking");
    const screen = await waiting(app);
    expect(await ways(screen, bob)).toEqual(["404 not_found"]);
    await net.june.decline(screen);
    expect(await ways(screen, bob)).toEqual(["404 not_found"]);
    expect(await body(screen.id)).toEqual(await body("con_of-nobody"));
  });
  test("opened again, it tells which answer was given, when, what became of it since, and its consent", async () => {
    const became = async ({ id }: { readonly id: string }) => {
      const { closed } = (await (await net.june.call("GET", `/wallet/requests/${id}`)).json()) as {
        closed?: ClosedRequest;
      };
      return closed;
    };
    const app = await net.client("Answered");
    const at = () => Math.floor(Date.now() / 1_000);
    const yes = await waiting(app);
    await net.june.approve(yes);
    const told = { client: "Answered", answer: "approved", at: at(), consent: yes.id };
    expect(await became(yes)).toEqual(told);
    later(60);
    expect((await net.june.call("POST", `/wallet/consents/${yes.id}/withdraw`)).ok).toBe(true);
    expect(await became(yes)).toEqual({ ...told, since: { by: "withdrawn", at: at() } });

    const no = await waiting(app);
    await net.june.decline(no);
    expect(await became(no)).toEqual({ client: "Answered", answer: "declined", at: at(), consent: no.id });
    expect((await net.june.call("POST", `/wallet/consents/${no.id}/forget`)).ok).toBe(true);
    expect(await became(no), "removed from the history").toBeUndefined();

    const late = await waiting(app);
    later(900);
    expect(await became(late)).toMatchObject({ answer: "unanswered", at: late.expiresAt });

    const notMe = await waiting(app);
    await net.june.decline(notMe, true);
    expect(await became(notMe)).toMatchObject({ answer: "not_me", at: at() });
  });
});
