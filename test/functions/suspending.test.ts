import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nameHash } from "../../core/person.ts";
import { stillClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { gatesOf, inOrder } from "../support/gates.ts";
import { network } from "../support/network.ts";
import { answered, refusal } from "../support/parties.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
});
afterAll(() => exchange.close());

const later = stillClock();
const { standing, records, redemption, gates, answers } = gatesOf(
  () => exchange,
  () => net,
);

async function operator(path: string) {
  return answered(net.root.call("POST", `/operator/${path}`, await net.root.token("operate")));
}

/** Only the clock moves: by less than 5 s. */
const FIVE_SECONDS = 4.9;

describe("Suspending bites within 5 s at every gate", () => {
  test("N-30, N-31, N-48 a Client; resuming brings back what was not ended", async () => {
    const given = await standing();
    expect(await operator(`clients/${net.app.clientId}/suspend`)).toMatchObject({ status: "suspended" });
    later(FIVE_SECONDS);
    expect(await answers(given)).toEqual({
      ...inOrder,
      "a new request": "401 invalid_client",
      "polling an open request": "401 invalid_client",
      refreshing: "401 invalid_client",
      "refreshing for the other source": "401 invalid_client",
      introspecting: "active: false",
      revoking: "401 invalid_client",
      "the list of requests": "not listed",
      approving: "410 gone",
      "redeeming an approval": "401 invalid_client",
    });
    expect(await operator(`clients/${net.app.clientId}/resume`)).toMatchObject({ status: "active" });
    later(FIVE_SECONDS);
    expect(await answers(given)).toEqual(inOrder);
  });

  test("N-30, N-31 a Resource Server: its part of every consent, and nothing of another's", async () => {
    const given = await standing();
    expect(await operator(`resource-servers/${net.provincial.clientId}/suspend`)).toMatchObject({
      status: "suspended",
    });
    later(FIVE_SECONDS);
    expect(await answers(given)).toEqual({
      ...inOrder,
      refreshing: "400 invalid_grant",
      introspecting: "401 invalid_client",
      "a token of its own": "401 invalid_client",
      "using a token of its own": "401 invalid_token",
      // The screen names a source that is not there now: it is to be read again.
      approving: "409 conflict",
      "redeeming an approval": "400 access_denied",
    });
    await operator(`resource-servers/${net.provincial.clientId}/resume`);
    later(FIVE_SECONDS);
    expect(await answers(given)).toEqual(inOrder);
  });

  test("N-48 a person, by the name the app has for them; resuming brings back what was not ended", async () => {
    const given = await standing();
    const person = `${net.app.clientId}.${given.sub}`;
    const locked = async (verb: "suspend" | "resume") => {
      const status = verb === "suspend" ? "suspended" : "active";
      expect(await operator(`people/${person}/${verb}`)).toEqual({ person, status });
      later(FIVE_SECONDS);
    };
    await answered(net.june.call("PUT", "/wallet/me/wallet-name", { walletName: "june.locked" }));
    const byName = () =>
      net.app.post("/bc-authorize", {
        scope: "openid immunization-history.read",
        login_hint: "june.locked",
        binding_message: "A",
      });
    await locked("suspend");
    const { "a new request": _, ...others } = gates;
    const found: Record<string, string> = {};
    for (const [gate, at] of Object.entries(others)) found[gate] = await at(given);
    expect(found).toEqual({
      "polling an open request": "400 authorization_pending",
      refreshing: "400 invalid_grant",
      "refreshing for the other source": "400 invalid_grant",
      introspecting: "active: false",
      revoking: "200",
      "a token of its own": "200",
      "using a token of its own": "200",
      "the list of requests": "401 login_required",
      approving: "401 login_required",
      "redeeming an approval": "400 access_denied",
    });
    const pushes = exchange.pushes.length;
    const { auth_req_id } = await answered(byName());
    await exchange.settled();
    expect(await refusal(redemption(String(auth_req_id)))).toBe("400 authorization_pending");
    expect(exchange.pushes).toHaveLength(pushes);
    await locked("resume");
    later(FIVE_SECONDS);
    // No cache takes into the next test what it read here.
    expect(await gates["introspecting"]?.(given)).toBe(inOrder["introspecting"]);
    expect((await net.june.requests()).map(({ id }) => id)).toEqual([given.waiting.screen.id]);
    expect(await gates["refreshing"]?.(given)).toBe("200");
  });
});

test("N-31 a request received before its Client was suspended asks nobody", async () => {
  const { waiting } = await standing();
  // One of a Client waits at a time (UX-36).
  await answered(net.june.approve(waiting.screen));
  const { requestId } = (await records().consents.find(waiting.screen.id))?.value ?? { requestId: "" };
  const received = (await records().requests.find(requestId))?.value;
  if (received === undefined) throw new Error("no request");
  await answered(net.june.call("PUT", "/wallet/me/wallet-name", { walletName: "june.asked" }));
  const hint = `name:${await nameHash("june.asked")}`;
  /** Whether a person is asked when the stream tells of it. */
  const asks = async (id: string) => {
    await records().requests.insert(id, { ...received, state: "received", hint, consentId: `consent-of-${id}` });
    const { handler } = await import("../../functions/notify.ts");
    const NewImage = { kind: { S: "request" }, state: { S: "received" }, pk: { S: `REQUEST#${id}` } };
    await handler({ Records: [{ dynamodb: { NewImage } }] }, {});
    return (await records().consents.find(`consent-of-${id}`)) !== undefined;
  };
  await operator(`clients/${net.app.clientId}/suspend`);
  later(FIVE_SECONDS);
  expect(await asks("while-suspended")).toBe(false);
  await operator(`clients/${net.app.clientId}/resume`);
  later(FIVE_SECONDS);
  expect(await asks("when-resumed")).toBe(true);
});

test("docs/operator.md suspending twice is no mistake; what is no party cannot be suspended", async () => {
  const other = `clients/${net.otherApp.clientId}`;
  for (const path of [`${other}/suspend`, `${other}/suspend`])
    expect(await operator(path)).toMatchObject({ status: "suspended" });
  expect(await operator(`${other}/resume`)).toMatchObject({ status: "active" });
  const token = await net.root.token("operate");
  for (const path of ["definitions/document", "clients/client_none", "clients/rs_none", "nothing/x"])
    expect(await refusal(net.root.call("POST", `/operator/${path}/suspend`, token))).toBe("404 not_found");
});
