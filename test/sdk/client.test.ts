import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Refusal } from "../../sdk/client/refusal.ts";
import { release } from "../../sdk/client/release.ts";
import { sources } from "../../sdk/client/source.ts";
import { type Asked, start } from "../../sdk/client/start.ts";
import { wait } from "../../sdk/client/wait.ts";
import { connect, type Exchange } from "../../sdk/exchange.ts";
import { newJwkPair } from "../../sdk/signing-key.ts";
import { seconds, TYPE } from "./asking-client.ts";
import { type Answer, type FakeExchange, fakeExchange, type Got } from "./fake-exchange.ts";

let as: FakeExchange;
let clinic: FakeExchange;
let registry: FakeExchange;
let exchange: Exchange;
const { privateKey: key } = await newJwkPair("sig");

beforeEach(async () => {
  [as, clinic, registry] = await Promise.all([fakeExchange(), fakeExchange(), fakeExchange()]);
  exchange = await connect({ issuer: as.issuer, client_id: "c-1", key });
  clinic.on("/records", () => ({ json: { from: "clinic" } }));
  registry.on("/records", () => ({ json: { from: "registry" } }));
});
afterEach(async () => {
  await Promise.all([as.close(), clinic.close(), registry.close()]);
});

const asked = (expiresIn = 60): Asked => ({
  auth_req_id: "a-1",
  interval: 0.05,
  expiresAt: Date.now() / 1_000 + expiresIn,
});
const refused = (error: string, status = 400, headers = {}) => ({ status, headers, json: { error } });

async function granted(): Promise<Answer> {
  const claims = { iss: as.issuer, sub: "june-to-c-1", aud: "c-1", iat: seconds(), exp: seconds() + 60 };
  const detail = { type: TYPE, actions: ["read"], purpose: "p" };
  return {
    json: {
      access_token: "first-token",
      token_type: "DPoP",
      expires_in: 300,
      refresh_token: "refresh",
      id_token: await as.sign(claims, { typ: "JWT" }),
      authorization_details: [clinic, registry].map(({ issuer }) => ({ ...detail, locations: [issuer] })),
    },
  };
}

/** `/token` answers these in turn, the last one for ever. */
function tokenAnswers(...answers: readonly (Answer | (() => Answer | Promise<Answer>))[]): void {
  let at = 0;
  as.on("/token", () => {
    const answer = answers[Math.min(at++, answers.length - 1)] ?? {};
    return typeof answer === "function" ? answer() : answer;
  });
}

const outcomeOf = (failing: Promise<unknown>) =>
  failing.then(
    () => "nothing failed",
    (failure) => (failure instanceof Refusal ? `${failure.outcome} ${failure.code}` : failure),
  );
const keyOf = ({ headers }: Got) => decodeProtectedHeader(String(headers["dpop"])).jwk;

describe("start", () => {
  test("CIBA Core §7.1 asks with openid, the details, the hint and the binding message", async () => {
    as.on("/bc-authorize", () => ({ json: { auth_req_id: "a-1", expires_in: 900, interval: 2 } }));
    const authorization_details = [{ type: TYPE, actions: ["read"], purpose: "p", duration: "P90D" }];
    const answer = await start(exchange, {
      login_hint: "K7QF-2M9P",
      authorization_details,
      binding_message: "Heron 47",
      request_context: { device: "Firefox on Windows" },
    });
    expect(answer).toMatchObject({ auth_req_id: "a-1", interval: 2 });
    expect(answer.expiresAt - seconds()).toBeGreaterThan(890);
    const form = as.to("/bc-authorize")[0]?.form;
    expect(form?.get("scope")).toBe("openid");
    expect(form?.get("login_hint")).toBe("K7QF-2M9P");
    expect(form?.get("binding_message")).toBe("Heron 47");
    expect(form?.get("request_context")).toBe('{"device":"Firefox on Windows"}');
    expect(JSON.parse(form?.get("authorization_details") ?? "")).toEqual(authorization_details);
    expect(decodeJwt(form?.get("client_assertion") ?? "").aud).toBe(as.issuer);
  });

  test("CIBA Core §7.1 scope values instead of details, openid once", async () => {
    as.on("/bc-authorize", () => ({ json: { auth_req_id: "a-1", expires_in: 900 } }));
    const question = { login_hint: "june", scope: "openid immunization-history.read", binding_message: "Heron 47" };
    expect((await start(exchange, question)).interval).toBe(5);
    expect(as.to("/bc-authorize")[0]?.form.get("scope")).toBe("openid immunization-history.read");
  });

  test("CIBA Core §13 a refusal carries the server's code", async () => {
    as.on("/bc-authorize", () => refused("invalid_binding_message"));
    const failing = start(exchange, { login_hint: "june", scope: "x.read", binding_message: "☃" });
    expect(await outcomeOf(failing)).toBe("refused invalid_binding_message");
  });
});

describe("wait", () => {
  test("CIBA Core §11 polls until the person has decided", async () => {
    tokenAnswers(refused("authorization_pending"), refused("authorization_pending"), granted);
    const { agreement, sources: chosen } = await wait(exchange, asked());
    expect(agreement).toMatchObject({ refresh_token: "refresh", sub: "june-to-c-1" });
    expect(chosen.map(({ resource }) => resource)).toEqual([clinic.issuer, registry.issuer]);
    expect(as.to("/token").map(({ form }) => form.get("auth_req_id"))).toEqual(["a-1", "a-1", "a-1"]);
    expect(new Set(as.to("/token").map((got) => keyOf(got)?.x)).size).toBe(1);
  });

  test.each([
    ["access_denied", "declined access_denied"],
    ["expired_token", "expired expired_token"],
    ["invalid_grant", "ended invalid_grant"],
    ["invalid_client", "refused invalid_client"],
  ])("CIBA Core §11 %s is typed", async (error, outcome) => {
    tokenAnswers(refused("authorization_pending"), refused(error));
    expect(await outcomeOf(wait(exchange, asked()))).toBe(outcome);
  });

  test("CIBA Core §10.1 goes on when the exchange is down for a while", async () => {
    tokenAnswers({ status: 502 }, refused("server_error", 500), refused("slow", 429), granted);
    expect((await wait(exchange, asked())).agreement.sub).toBe("june-to-c-1");
  });

  test("CIBA Core §7.3 ends by itself when the time is over", async () => {
    tokenAnswers(refused("authorization_pending"));
    expect(await outcomeOf(wait(exchange, asked(0.3)))).toBe("expired expired_token");
  });

  test("CIBA Core §11 slow_down adds five seconds, the end of the time does not wait for them", async () => {
    tokenAnswers(refused("slow_down"), granted);
    expect(await outcomeOf(wait(exchange, asked(1)))).toBe("expired expired_token");
    expect(as.to("/token")).toHaveLength(1);
  });

  test("an AbortSignal ends it with its reason", async () => {
    tokenAnswers(refused("authorization_pending"));
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("closed the page")), 100);
    await expect(wait(exchange, asked(), { signal: stop.signal })).rejects.toThrow("closed the page");
  });
});

describe("sources", () => {
  const agreement = () => ({
    refresh_token: "refresh",
    sub: "june-to-c-1",
    authorization_details: [clinic, registry].map(({ issuer }) => ({
      type: TYPE,
      actions: ["read"],
      purpose: "p",
      locations: [issuer] as [string],
    })),
  });
  const token = (access_token: string, expires_in = 300) => ({
    json: { access_token, token_type: "DPoP", expires_in },
  });

  test("RFC 8707 §2.2 the first token is for the first source, the others come by refresh, each with its own key", async () => {
    tokenAnswers(granted, token("second-token"));
    const [first, second] = (await wait(exchange, asked())).sources;
    expect(await (await first?.fetch("records"))?.json()).toEqual({ from: "clinic" });
    expect(await (await second?.fetch("records"))?.json()).toEqual({ from: "registry" });
    expect(as.to("/token").map(({ form }) => form.get("resource"))).toEqual([null, registry.issuer]);
    const [atClinic, atRegistry] = [clinic.to("/records")[0], registry.to("/records")[0]];
    expect(atClinic?.headers.authorization).toBe("DPoP first-token");
    expect(atRegistry?.headers.authorization).toBe("DPoP second-token");
    expect(atClinic && keyOf(atClinic)?.x).not.toBe(atRegistry && keyOf(atRegistry)?.x);
  });

  test("RFC 9449 §7.1 ath is over the token, and each proof is new", async () => {
    tokenAnswers(token("t-1"));
    const [first] = sources(exchange, agreement());
    await first?.fetch("records");
    await first?.fetch("records");
    const proofs = clinic.to("/records").map(({ headers }) => decodeJwt(String(headers["dpop"])));
    expect(as.to("/token")).toHaveLength(1);
    expect(proofs[0]).toMatchObject({ htm: "GET", htu: `${clinic.issuer}/records` });
    expect(proofs[0]?.["ath"]).toBe(proofs[1]?.["ath"]);
    expect(proofs[0]?.jti).not.toBe(proofs[1]?.jti);
  });

  test("RFC 9449 §9 a nonce the source asks for is given", async () => {
    tokenAnswers(token("t-1"));
    const challenge = { "www-authenticate": 'DPoP error="use_dpop_nonce"', "dpop-nonce": "n-1" };
    clinic.on("/records", ({ headers }) => {
      const { nonce } = decodeJwt(String(headers["dpop"]));
      return nonce === "n-1" ? { json: { from: "clinic" } } : { status: 401, headers: challenge };
    });
    expect((await sources(exchange, agreement())[0]?.fetch("records"))?.status).toBe(200);
  });

  test("a token the source no longer accepts is replaced once; a second 401 is the last word", async () => {
    tokenAnswers(token("old"), token("new"));
    const challenge = { "www-authenticate": 'DPoP error="invalid_token"' };
    clinic.on("/records", ({ headers }) =>
      headers.authorization === "DPoP new" ? {} : { status: 401, headers: challenge },
    );
    const [first] = sources(exchange, agreement());
    expect((await first?.fetch("records"))?.status).toBe(200);
    clinic.on("/records", () => ({ status: 401, headers: challenge }));
    expect((await first?.fetch("records"))?.status).toBe(401);
    expect(clinic.to("/records")).toHaveLength(4);
  });

  test("RFC 6749 §5.2 after a withdrawal: the source refuses, the refresh is invalid_grant, and that is `ended`", async () => {
    tokenAnswers(token("t-1"), refused("invalid_grant"));
    const [first] = sources(exchange, agreement());
    await first?.fetch("records");
    clinic.on("/records", () => ({ status: 401, headers: { "www-authenticate": 'DPoP error="invalid_token"' } }));
    expect(await outcomeOf(first?.fetch("records") ?? Promise.resolve())).toBe("ended invalid_grant");
  });

  test("RFC 6749 §4.1.2.1 a paused consent says when to try again", async () => {
    tokenAnswers(refused("temporarily_unavailable", 503, { "retry-after": "60" }));
    const failure = await sources(exchange, agreement())[0]
      ?.fetch("records")
      .catch((refusal) => refusal);
    expect(failure).toMatchObject({ outcome: "unavailable", retryAfter: 60 });
  });

  test("RFC 8707 §2 invalid_target is a source that was not granted", async () => {
    tokenAnswers(refused("invalid_target"));
    expect(await outcomeOf(sources(exchange, agreement())[1]?.fetch("records") ?? Promise.resolve())).toBe(
      "not_granted invalid_target",
    );
  });

  test("RFC 7009 §2.1 an agreement that is given back: the refresh token is revoked", async () => {
    as.on("/revoke", () => ({}));
    await release(exchange, agreement());
    expect(as.to("/revoke")[0]?.form.get("token")).toBe("refresh");
  });

  test("twenty calls at once refresh once", async () => {
    tokenAnswers(token("t-1"));
    const [first] = sources(exchange, agreement());
    await Promise.all(Array.from({ length: 20 }, () => first?.fetch("records")));
    expect(as.to("/token")).toHaveLength(1);
  });

  test("a token over its time is not used", async () => {
    tokenAnswers(token("t-1", 3), token("t-2"));
    const [first] = sources(exchange, agreement());
    await first?.fetch("records");
    await first?.fetch("records");
    expect(clinic.to("/records").map(({ headers }) => headers.authorization)).toEqual(["DPoP t-1", "DPoP t-2"]);
  });

  test("RFC 9700 §4.9.1 a token goes to its own source only", async () => {
    const [first] = sources(exchange, agreement());
    await expect(first?.fetch(`${registry.issuer}/records`)).rejects.toThrow("its own source");
    await expect(first?.fetch("//evil.example/records")).rejects.toThrow("its own source");
  });
});
