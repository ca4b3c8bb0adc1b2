import { decodeJwt } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runningClock } from "../support/clock.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { document, immunizations, link, network } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { June } from "../support/person.ts";
import { askIn, good, plain_uri, redirecting, stopped, verifier } from "../support/redirect.ts";
import { connecting, sourceDoor } from "../support/source.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let hospital: Party;
let other: Party;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  [hospital, other] = await Promise.all([
    net.resourceServer("General Hospital", "https://hospital.test", undefined, {
      ...connecting,
      client_uri: "https://hospital.test",
      authorization_details_types: [immunizations],
    }),
    net.resourceServer("Other Hospital", "https://other.test", undefined, connecting),
  ]);
});
afterAll(() => exchange.close());
const later = runningClock();
const someone = async (name: string) => {
  const person = new June(exchange, walletOrigin);
  await person.createAccount(name);
  return person;
};
const { push, arrive, seen, code, redeem, pat, browser } = sourceDoor(
  () => exchange,
  () => net,
  () => hospital,
);
const description = { type: immunizations, resource_scopes: ["read"] };
const refresh = (refresh_token: string, party = hospital) =>
  party.post("/token", { grant_type: "refresh_token", refresh_token });
const list = (token: string, party = hospital) => party.call("GET", "/rreg", token);
async function linkIdOf(who: June, name: string): Promise<string> {
  const { sources } = (await answered(who.call("GET", "/wallet/sources"))) as {
    sources: { id: string; name: string }[];
  };
  return sources.find((source) => source.name === name)?.id ?? "";
}
const unlink = async (who: June, name = "General Hospital") =>
  who.call("POST", `/wallet/sources/${await linkIdOf(who, name)}/unlink`);

describe("UMA FedAuthz §1.3 a protection API access token for (Resource Server, person)", () => {
  test("UMA FedAuthz §1.3, §3.2 openid-client as it is: the person approves, the PAT registers for its owner without naming them", async () => {
    const ann = await someone("Ann");
    const options = { [client.customFetch]: exchange.fetch } as never;
    const config = await client.discovery(
      new URL(issuer),
      hospital.clientId,
      {},
      client.PrivateKeyJwt(hospital.keys.privateKey),
      options,
    );
    const DPoP = client.getDPoPHandle(config, hospital.dpopKeys as CryptoKeyPair);
    const state = client.randomState();
    const url = await client.buildAuthorizationUrlWithPAR(
      config,
      {
        redirect_uri: plain_uri,
        scope: "uma_protection",
        code_challenge: good.code_challenge,
        code_challenge_method: "S256",
        state,
      },
      { DPoP },
    );
    const tab = browser();
    const screen = await seen(await tab.open(url.href), ann);
    expect(screen.notice).toEqual({
      language: "en",
      source: { name: "General Hospital", uri: "https://hospital.test", registeredAt: expect.any(Number) },
      kinds: [{ title: "Your immunization history", sensitivity: "health" }],
    });
    const { continueAt } = await answered(ann.approveLink(screen));
    const back = await tab.open(String(continueAt));
    const tokens = await client.authorizationCodeGrant(
      config,
      new URL(back),
      { pkceCodeVerifier: verifier, expectedState: state },
      undefined,
      { DPoP },
    );
    expect(tokens).toMatchObject({ scope: "uma_protection", expires_in: 300, refresh_token: expect.any(String) });
    expect(decodeJwt(tokens.access_token)).toMatchObject({ aud: issuer, client_id: hospital.clientId });

    const token = tokens.access_token;
    const created = await answered(hospital.call("POST", "/rreg", token, description));
    expect(created["resource_owner"]).toBe(decodeJwt(token).sub);
    expect(await answered(list(token))).toEqual([created["_id"]]);
    expect(await answered(ann.call("GET", "/wallet/sources"))).toMatchObject({
      sources: [{ name: "General Hospital", holds: ["Your immunization history"] }],
    });
    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? "", undefined, { DPoP });
    expect(refreshed.refresh_token).toBeUndefined();
    expect(await answered(list(refreshed.access_token))).toEqual([created["_id"]]);
  });
  test("UMA FedAuthz §1.3 the owner named beside a PAT must be its own; every id of another owner does not exist (N-56)", async () => {
    const [cas, dee] = [await someone("Cas"), await someone("Dee")];
    const [ofCas, ofDee] = [(await pat(cas)).access_token, (await pat(dee)).access_token];
    const sub = String(decodeJwt(ofDee).sub);
    const { _id, resource_owner } = await answered(
      hospital.call("POST", "/rreg", ofDee, { ...description, resource_owner: sub }),
    );
    expect(resource_owner).toBe(sub);
    for (const named of [sub, await dee.code("source")])
      expect(await refusal(hospital.call("POST", "/rreg", ofCas, { ...description, resource_owner: named }))).toBe(
        "400 invalid_request",
      );
    expect(await refusal(hospital.call("GET", `/rreg?resource_owner=${sub}`, ofCas))).toBe("400 invalid_request");
    expect(await answered(list(ofCas))).toEqual([]);
    for (const [method, body] of [["GET"], ["PUT", description], ["DELETE"]] as const)
      expect(await refusal(hospital.call(method, `/rreg/${_id}`, ofCas, body))).toBe("404 not_found");
    const own = await hospital.token("uma_protection");
    expect(await answered(hospital.call("GET", `/rreg?resource_owner=${sub}`, own))).toEqual([_id]);
    expect((await hospital.call("DELETE", `/rreg/${_id}`, ofDee)).status).toBe(204);
  });
  test("RFC 9396 §10 kinds beyond the registered authorization_details_types are not registered", async () => {
    const { access_token } = await pat();
    const letter = { type: document, resource_scopes: ["view"] };
    expect(await refusal(hospital.call("POST", "/rreg", access_token, letter))).toBe("400 invalid_request");
    expect((await other.call("POST", "/rreg", (await pat(net.june, other)).access_token, letter)).status).toBe(201);
  });
  test('N-70 the code comes back only in the browser the flow began in; "not now" comes back as access_denied', async () => {
    const tab = browser();
    const screen = await seen(await arrive(tab), await someone("Eve"));
    const declined = browser();
    const eli = await someone("Eli");
    const wish = await seen(await arrive(declined), eli);
    const { continueAt } = await answered(eli.call("POST", `/wallet/links/${wish.id}/decline`));
    expect(await tab.open(String(continueAt))).toBe(stopped("browser"));
    const back = new URL(await declined.open(String(continueAt)));
    expect(Object.fromEntries(back.searchParams)).toEqual({ error: "access_denied", state: "s 1", iss: issuer });
    expect((await eli.approveLink(wish)).status).toBe(410);
    expect(await answered(eli.call("GET", "/wallet/sources"))).toEqual({ sources: [] });
    expect(screen.id).not.toBe(wish.id);
  });
});

describe("UMA FedAuthz §1.2 who may ask for uma_protection", () => {
  test("UMA FedAuthz §1.2 a Client that is no Resource Server: invalid_scope; a Resource Server asks for nothing else", async () => {
    const app = await net.client("Redirecting", { ...redirecting, redirect_uris: [plain_uri] });
    expect(await refusal(push({}, app))).toBe("400 invalid_scope");
    expect(await refusal(push({ scope: "openid uma_protection immunization-history.read" }, app))).toBe(
      "400 invalid_scope",
    );
    for (const scope of ["openid", "uma_protection openid", "immunization-history.read", undefined])
      expect(await refusal(push({ scope }))).toBe("400 invalid_scope");
    const authorization_details = JSON.stringify([{ type: immunizations, actions: ["read"] }]);
    expect(await refusal(push({ authorization_details }))).toBe("400 invalid_authorization_details");
    expect(await refusal(push({}, net.lakeside))).toBe("400 unauthorized_client");
  });
  test("RFC 7591 §2, N-80 redirect_uris, initiate_login_uri and their grants are checked like a Client's", async () => {
    const admitted = async (more: object) =>
      refusal(
        net.root.call("POST", "/operator/resource-servers", net.token, {
          client_name: "New",
          resource: `https://${crypto.randomUUID()}.test`,
          scope: "uma_protection",
          jwks: { keys: [{ ...(await hospital.jwk()), kid: "n", use: "sig" }] },
          ...more,
        }),
      );
    for (const more of [
      { grant_types: ["authorization_code"] },
      { redirect_uris: [plain_uri] },
      { initiate_login_uri: "http://169.254.169.254/" },
      { initiate_login_uri: "https://10.0.0.1/start" },
      { initiate_login_uri: "javascript:alert(1)" },
      { authorization_details_types: [] },
    ])
      expect(await admitted(more), JSON.stringify(more)).toBe("400 invalid_client_metadata");
    for (const uri of ["http://localhost:4/back", "https://a.test/#fragment"])
      expect([uri, await admitted({ ...connecting, redirect_uris: [uri] })]).toEqual([uri, "400 invalid_redirect_uri"]);
  });
  test("RFC 6749 §4.1.3 a code or refresh token of another Resource Server is invalid_grant, and a PAT opens nothing of another", async () => {
    const gus = await someone("Gus");
    const stolen = await code(gus);
    expect(await refusal(redeem(stolen, other))).toBe("400 invalid_grant");
    const { access_token, refresh_token } = (await answered(redeem(stolen))) as Record<string, string>;
    expect(await refusal(refresh(refresh_token ?? "", other))).toBe("400 invalid_grant");
    expect(await refusal(list(access_token ?? "", other))).toBe("401 invalid_token");
    expect(await refusal(net.app.post("/token", { grant_type: "refresh_token", refresh_token }))).toBe(
      "400 invalid_grant",
    );
    expect((await refresh(refresh_token ?? "")).status).toBe(200);
    expect(
      await refusal(
        hospital.post("/token", { grant_type: "refresh_token", refresh_token, scope: "uma_protection operate" }),
      ),
    ).toBe("400 invalid_scope");
  });
  test("N-71 another person's passkey or session, another screen and another's flow link nothing", async () => {
    const [hal, ida] = [await someone("Hal"), await someone("Ida")];
    const location = await arrive(browser());
    const screen = await seen(location, hal);
    const body = await hal.linkApproval(screen);
    const approve = (who: June, sent: object) => who.call("POST", `/wallet/links/${screen.id}/approve`, sent);
    expect((await ida.call("GET", `/wallet/links/${screen.id}`)).status).toBe(404);
    expect((await approve(ida, body)).status).toBe(404);
    expect((await ida.call("POST", `/wallet/links/${screen.id}/decline`)).status).toBe(404);
    expect(await refusal(approve(hal, await hal.linkApproval(screen, ida.passkey)))).toBe("401 login_required");
    expect(await refusal(approve(hal, { ...body, notice: "x".repeat(43) }))).toBe("409 conflict");
    expect(await refusal(approve(hal, { ...body, revision: screen.revision + 1 }))).toBe("409 conflict");
    const elsewhere = await seen(await arrive(browser(), {}, other), hal);
    expect((await approve(hal, await hal.linkApproval({ ...screen, id: elsewhere.id }))).status).toBe(401);
    expect(await answered(hal.call("GET", "/wallet/sources"))).toEqual({ sources: [] });
    expect((await approve(hal, body)).status).toBe(200);
    expect((await approve(hal, body)).status).toBe(410);
    later(301);
    const late = await seen(await arrive(browser(), {}, other), ida);
    const old = await ida.linkApproval(late);
    later(301);
    expect(await refusal(ida.call("POST", `/wallet/links/${late.id}/approve`, old))).toBe("409 conflict");
  });
  test("WCAG 2.2.1 whoever took it may read for a day: the browser keeps its cookie, and the code is delivered", async () => {
    const jo = await someone("Jo");
    const tab = browser();
    const { request_uri } = await answered(push());
    const started = `${issuer}/authorize?${new URLSearchParams({ client_id: hospital.clientId, request_uri: String(request_uri) })}`;
    const begun = await exchange.fetch(started, { redirect: "manual" });
    expect(begun.headers.get("set-cookie")).toContain("Max-Age=86400");
    const first = await seen(await tab.open(started), jo);
    expect(first.expiresAt).toBe(first.createdAt + 86_400);
    later(900);
    expect(await tab.open(started)).toBe(stopped("late"));
    later(20 * 3_600);
    await jo.signIn();
    const { continueAt } = await answered(jo.approveLink(await jo.linkScreen(first.id)));
    expect(await tab.open(String(continueAt))).toContain("code=");
  });
  test("WCAG 2.2.1 until somebody took it, it ends after 15 minutes; and for whoever took it, after a day", async () => {
    const kim = await someone("Kim");
    const [untaken, taken] = [await arrive(browser()), await arrive(browser(), {}, other)];
    const { id } = await seen(taken, kim);
    later(900);
    expect(await refusal(kim.call("POST", `/wallet/asks/${askIn(untaken)}`))).toBe("410 late");
    later(86_400 - 900);
    await kim.signIn();
    expect(await refusal(kim.call("GET", `/wallet/links/${id}`))).toBe("410 gone");
  });
});

describe("A PAT lives as long as the Link", () => {
  test("design §2 unlinked: PAT, refresh token and a code not yet redeemed are over at once; the old approval brings nothing back", async () => {
    const kay = await someone("Kay");
    const { access_token, refresh_token } = await pat(kay);
    const tab = browser();
    const screen = await seen(await arrive(tab), kay);
    const approval = await kay.linkApproval(screen);
    const { continueAt } = await answered(kay.call("POST", `/wallet/links/${screen.id}/approve`, approval));
    const waiting = new URL(await tab.open(String(continueAt))).searchParams.get("code") ?? "";
    expect((await list(access_token)).status).toBe(200);
    expect((await unlink(kay)).status).toBe(204);
    expect(await refusal(list(access_token))).toBe("401 invalid_token");
    expect(await refusal(refresh(refresh_token))).toBe("400 invalid_grant");
    expect(await refusal(redeem(waiting))).toBe("400 invalid_grant");
    expect((await kay.call("POST", `/wallet/links/${screen.id}/approve`, approval)).status).toBe(410);
    expect(await answered(kay.call("GET", "/wallet/sources"))).toEqual({ sources: [] });

    const again = await pat(kay);
    expect((await list(again.access_token)).status).toBe(200);
    expect(await refusal(list(access_token))).toBe("401 invalid_token");
    expect(await refusal(refresh(refresh_token))).toBe("400 invalid_grant");
  });
  test("RFC 6749 §4.1.2, N-23 a code used twice takes its PATs, and the Link stays with what it serves", async () => {
    const lou = await someone("Lou");
    await link(hospital, await lou.code("source"));
    const used = await code(lou);
    const { access_token, refresh_token } = (await answered(redeem(used))) as Record<string, string>;
    expect((await list(access_token ?? "")).status).toBe(200);
    later(5);
    expect(await refusal(redeem(used))).toBe("400 invalid_grant");
    expect(await refusal(list(access_token ?? ""))).toBe("401 invalid_token");
    expect(await refusal(refresh(refresh_token ?? ""))).toBe("400 invalid_grant");
    expect(await answered(lou.call("GET", "/wallet/sources"))).toMatchObject({
      sources: [{ name: "General Hospital" }],
    });
  });
  test("RFC 7009 §2.1 revoking a PAT ends it, its refresh token all of them; another's revocation does nothing", async () => {
    const max = await someone("Max");
    const { access_token, refresh_token } = await pat(max);
    const next = String((await answered(refresh(refresh_token)))["access_token"]);
    for (const token of [access_token, refresh_token])
      expect((await other.post("/revoke", { token })).status).toBe(200);
    expect((await list(access_token)).status).toBe(200);
    await hospital.post("/revoke", { token: access_token });
    expect(await refusal(list(access_token))).toBe("401 invalid_token");
    expect((await list(next)).status).toBe(200);
    await hospital.post("/revoke", { token: refresh_token });
    expect(await refusal(list(next))).toBe("401 invalid_token");
    expect(await refusal(refresh(refresh_token))).toBe("400 invalid_grant");
    expect((await pat(max)).access_token).toBeTruthy();
  });
  test("N-26 a PAT is over after 300 s; N-30 a suspended Resource Server has none", async () => {
    const ned = await someone("Ned");
    const { access_token, refresh_token } = await pat(ned, other);
    expect((await list(access_token, other)).status).toBe(200);
    const operate = (what: string) =>
      net.root.call("POST", `/operator/resource-servers/${other.clientId}/${what}`, net.token);
    await operate("suspend");
    later(3);
    expect(await refusal(list(access_token, other))).toBe("401 invalid_token");
    expect(await refusal(refresh(refresh_token, other))).toBe("401 invalid_client");
    expect(await refusal(push({}, other))).toBe("401 invalid_client");
    await operate("resume");
    later(3);
    expect((await list(access_token, other)).status).toBe(200);
    later(301);
    expect(await refusal(list(access_token, other))).toBe("401 invalid_token");
    expect((await refresh(refresh_token, other)).status).toBe(200);
  });
});

test("UMA FedAuthz §5, RFC 7662 §2.1 /introspect with a PAT knows the tokens of its owner alone", async () => {
  const [ola, pia] = [await someone("Ola"), await someone("Pia")];
  const pats = { ola: (await pat(ola)).access_token, pia: (await pat(pia)).access_token };
  await answered(hospital.call("POST", "/rreg", pats.ola, description));
  const { auth_req_id } = await answered(
    net.app.post("/bc-authorize", {
      scope: "openid immunization-history.read",
      login_hint: await ola.code("app"),
      binding_message: "A",
    }),
  );
  await ola.approve(await ola.waiting());
  const { access_token } = await answered(
    net.app.post("/token", {
      grant_type: "urn:openid:params:grant-type:ciba",
      auth_req_id: String(auth_req_id),
    }),
  );
  const introspect = async (token: string, more: object = {}, party = hospital) =>
    exchange.fetch(`${issuer}/introspect`, {
      method: "POST",
      headers: { authorization: `DPoP ${token}`, dpop: await party.proof("POST", `${issuer}/introspect`, { token }) },
      body: new URLSearchParams({ token: String(access_token), ...more }),
    });
  expect(await answered(introspect(pats.ola))).toMatchObject({ active: true, sub: decodeJwt(pats.ola).sub });
  expect(await answered(introspect(pats.pia))).toEqual({ active: false });
  expect(await answered(introspect(await hospital.token("uma_protection")))).toMatchObject({ active: true });
  expect(await refusal(introspect(pats.ola, { client_assertion: "a.b.c" }))).toBe("400 invalid_request");
  expect(await refusal(introspect(pats.ola, {}, other))).toBe("401 invalid_token");
  expect(await answered(hospital.post("/introspect", { token: String(access_token) }))).toMatchObject({ active: true });
});
