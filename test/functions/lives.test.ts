import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changing, registrySource } from "../support/changes.ts";
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
const FIVE_SECONDS = 4.9;
const active = async (token: string) => (await net.introspect(token))["active"];
const refreshed = async (token: string) =>
  String((await answered(net.refresh(token, { resource: registrySource })))["access_token"]);

describe("Three lives: of an access token, of a refresh token, of a grant", () => {
  test("RFC 7009 §2 an access token: that one until its end, and nothing else", async () => {
    const grant = await net.granted();
    const other = await refreshed(grant.refresh_token);
    expect((await net.manager.post("/revoke", { token: grant.access_token })).status).toBe(200);
    expect([await active(grant.access_token), await active(other)]).toEqual([false, true]);
    expect(await active(await refreshed(grant.refresh_token))).toBe(true);
    expect(await net.consent(grant.consentId)).not.toHaveProperty("notInUse");
  });

  test("RFC 7009 §2.1 a refresh token: with it go the access tokens; the consent stays, shown as not in use, until it is asked anew", async () => {
    const grant = await net.granted();
    const other = await refreshed(grant.refresh_token);
    await net.manager.post("/revoke", { token: grant.refresh_token, token_type_hint: "refresh_token" });
    expect([await active(grant.access_token), await active(other)]).toEqual([false, false]);
    expect(await refusal(net.refresh(grant.refresh_token))).toBe("400 invalid_grant");
    expect(await net.consent(grant.consentId)).toMatchObject({ state: "active", notInUse: true });
    expect((await net.query(grant.grant_id))["authorization_details"]).toHaveLength(1);
    const { auth_req_id, screen } = await net.asked(grant.grant_id, "merge");
    await answered(net.june.approve(screen));
    const again = await answered(net.redeem(auth_req_id));
    expect(again).toMatchObject({ grant_id: grant.grant_id });
    expect(await active(String(again["access_token"]))).toBe(true);
    expect(await net.consent(grant.consentId)).not.toHaveProperty("notInUse");
  });

  test("RFC 7009 §2.1 of a grant that was changed, either refresh token ends the tokens of both", async () => {
    const grant = await net.granted();
    const { auth_req_id, screen } = await net.asked(grant.grant_id, "merge");
    await answered(net.june.approve(screen));
    const second = await answered(net.redeem(auth_req_id));
    await net.manager.post("/revoke", { token: grant.refresh_token });
    expect(await refusal(net.refresh(String(second["refresh_token"])))).toBe("400 invalid_grant");
    expect(await active(String(second["access_token"]))).toBe(false);
    expect(await net.consent(grant.consentId)).toMatchObject({ state: "active", notInUse: true });
  });

  test("Grant Management §6.5 a grant: the consent has ended, and a change that waited with it", async () => {
    const grant = await net.granted();
    const { auth_req_id, screen } = await net.asked(grant.grant_id, "merge", { scope: "openid document.view" });
    const token = await net.manager.token("grant_management_revoke");
    expect((await net.manager.call("DELETE", `/grants/${grant.grant_id}`, token)).status).toBe(204);
    expect(await net.consent(grant.consentId)).toMatchObject({ state: "ended", endedBy: "released" });
    expect(await active(grant.access_token)).toBe(false);
    expect(await refusal(net.june.approve(screen))).toBe("410 released");
    expect(await refusal(net.redeem(auth_req_id))).toBe("400 access_denied");
  });
});

describe("N-48 an operator's lock on a person bites within 5 s at every gate", () => {
  const operate = async (path: string) =>
    net.root.call("POST", `/operator/people/${path}`, await net.root.token("operate"));

  test("N-48 by the name a Client or a Resource Server has for them: no code at resume, no sign-in, no change; unlocked, all is there", async () => {
    const grant = await net.granted();
    const at = net.browser();
    const onward = await net.answer(await net.arrive(at));
    const waits = net.browser();
    const ask = (await net.arrive(waits)).split("/").at(-1);
    const code = await net.code();
    const { auth_req_id } = await net.asked(grant.grant_id, "merge", { scope: "openid document.view" });
    const person = `${net.provincial.clientId}.${net.subs.get(net.provincial)}`;
    expect(await answered(operate(`${person}/suspend`))).toEqual({ person, status: "suspended" });
    expect(await answered(operate(`${person}/suspend`))).toEqual({ person, status: "suspended" });
    later(FIVE_SECONDS);
    expect(new URL(await at.open(onward)).searchParams.get("error")).toBe("access_denied");
    expect(await refusal(net.redeemCode(code))).toBe("400 invalid_grant");
    expect(await refusal(net.refresh(grant.refresh_token))).toBe("400 invalid_grant");
    expect(await active(grant.access_token)).toBe(false);
    expect(await refusal(net.redeem(auth_req_id))).toBe("400 authorization_pending");
    for (const path of ["/wallet/me", "/wallet/requests", "/wallet/consents", `/wallet/consents/${grant.consentId}`])
      expect(await refusal(net.june.call("GET", path))).toBe("401 login_required");
    expect(await refusal(net.june.call("POST", `/wallet/asks/${ask}`))).toBe("401 login_required");
    await expect(net.june.signIn()).rejects.toThrow("401");
    await answered(operate(`${person}/resume`));
    later(FIVE_SECONDS);
    expect(await active(await refreshed(grant.refresh_token))).toBe(true);
    expect((await net.june.requests()).map(({ id }) => id)).toEqual([grant.consentId]);
    await answered(net.june.decline(await net.june.waiting()));
  });

  test("N-59 nobody else's name for them, no list, no look, and no other scope", async () => {
    const { auth_req_id } = await answered(net.ask());
    await answered(net.june.approve(await net.june.waiting()));
    const { id_token } = await answered(net.redeem(auth_req_id));
    const { sub } = decodeJwt(String(id_token));
    await exchange.settled();
    for (const person of [`${net.sibling.clientId}.${sub}`, String(sub), `${net.provincial.clientId}.${sub}`, "x.y"])
      expect(await refusal(operate(`${person}/suspend`))).toBe("404 not_found");
    const person = `${net.manager.clientId}.${sub}`;
    const token = await net.root.token("operate");
    for (const [method, path] of [
      ["GET", "people"],
      ["GET", `people/${person}`],
      ["POST", "people"],
    ] as const) {
      const body = method === "POST" ? {} : undefined;
      expect(await refusal(net.root.call(method, `/operator/${path}`, token, body))).toBe("404 not_found");
    }
    const foreign = await net.provincial.token("uma_protection");
    const path = `/operator/people/${person}/suspend`;
    expect(await refusal(net.provincial.call("POST", path, foreign))).toBe("403 insufficient_scope");
    expect(await answered(operate(`${person}/resume`))).toEqual({ person, status: "active" });
  });
});
