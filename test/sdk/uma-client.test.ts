import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { awaitOwner } from "../../sdk/client/await-owner.ts";
import { finishClaims } from "../../sdk/client/finish-claims.ts";
import { type Knock, knock } from "../../sdk/client/knock.ts";
import type { Progress, Submitted } from "../../sdk/client/progress.ts";
import { umaChallenges } from "../../sdk/client/uma-challenge.ts";
import { connect, type Exchange } from "../../sdk/exchange.ts";
import { newJwkPair } from "../../sdk/signing-key.ts";
import { type Answer, type FakeExchange, fakeExchange } from "./fake-exchange.ts";

const { privateKey: key } = await newJwkPair("sig");

let as: FakeExchange;
let exchange: Exchange;
let source: Awaited<ReturnType<typeof fakeSource>>;

/** A Resource Server that lets in any token, and has a new ticket for whoever has none. */
async function fakeSource() {
  const got: (string | undefined)[] = [];
  let tickets = 0;
  let challenge = (ticket: string) => `UMA realm="r", as_uri="${as.issuer}", ticket="${ticket}", DPoP algs="ES256"`;
  const server = createServer(({ headers }, answer) => {
    got.push(headers.authorization);
    const insufficient = headers.authorization?.endsWith("narrow");
    if (headers.authorization !== undefined && !insufficient) return void answer.end("records");
    answer.writeHead(401, { "www-authenticate": challenge(`at-the-source-${++tickets}`) }).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    url: `${origin}/records?of=june`,
    /** The `Authorization` of every request. */
    got,
    says: (text: string) => {
      challenge = () => text;
    },
    close: () => new Promise((closed) => server.close(closed)),
  };
}

beforeEach(async () => {
  as = await fakeExchange();
  exchange = await connect({ issuer: as.issuer, client_id: "c-1", key });
  source = await fakeSource();
});
afterEach(async () => {
  await source.close();
  await as.close();
});

const asked = (more: Partial<Knock> = {}) => knock([exchange], { url: source.url, ...more });
const forms = () => as.to("/token").map(({ form }) => Object.fromEntries(form));
const refused = (error: string, more: object = {}): Answer => ({
  status: error === "invalid_grant" ? 400 : 403,
  json: { error, ...more },
});
const needInfo = () => refused("need_info", { ticket: "t-2", redirect_user: `${as.issuer}/claims?process=7` });
const submitted = (ticket: string) => refused("request_submitted", { ticket, interval: 0.05 });
const granted = (more: object = {}): Answer => ({
  json: {
    access_token: "rpt",
    token_type: "DPoP",
    expires_in: 300,
    refresh_token: "refresh",
    pct: "pct",
    authorization_details: [{ type: "t", actions: ["read"], locations: [source.origin] }],
    ...more,
  },
});
/** What the token endpoint answers, one after the other, the last for good. */
function answering(...answers: readonly (() => Answer)[]): void {
  const left = [...answers];
  as.on("/token", () => ((left.length > 1 ? left.shift() : left[0]) as () => Answer)());
}

function expectState<State extends Progress["state"]>(progress: Progress, state: State): Progress & { state: State } {
  expect(progress.state).toBe(state);
  return progress as Progress & { state: State };
}

describe("UMA Grant §3.2.1 the challenge", () => {
  const challenged = (value: string, status = 401) =>
    umaChallenges(new Response(null, { status, headers: { "www-authenticate": value } }));
  const one = [{ as_uri: "https://as.example", ticket: "t-1" }];

  test.each([
    ["alone", 'UMA realm="x", as_uri="https://as.example", ticket="t-1"', one],
    ["before another scheme", 'UMA as_uri="https://as.example", ticket="t-1", DPoP algs="ES256"', one],
    ["after another scheme", 'DPoP algs="ES256", error="x", uma as_uri="https://as.example",ticket=t-1', one],
    ["with a name in quotes that looks like a scheme", 'DPoP error="a, UMA as_uri=b, ticket=c"', []],
    ["with a quoted sign", 'UMA as_uri="https://as.example", ticket="t\\-1"', one],
    ["without a ticket", 'UMA as_uri="https://as.example"', []],
    ["whose ticket belongs to another scheme", 'UMA as_uri="https://as.example", DPoP ticket="t-1"', []],
  ])("%s", (_, value, found) => {
    expect(challenged(value)).toEqual(found);
  });

  test("counts with 401 alone", () => {
    expect(challenged('UMA as_uri="https://as.example", ticket="t-1"', 403)).toEqual([]);
  });
});

describe("knock", () => {
  test("UMA Grant §3.3.1, §3.4 from a URL to the records: ticket, claim token and PCT, the RPT, bound to a key", async () => {
    answering(granted);
    const { response, agreement } = expectState(await asked({ claim_token: "id-token", pct: "p" }), "granted");
    expect(await response.text()).toBe("records");
    expect(forms()[0]).toMatchObject({
      grant_type: "urn:ietf:params:oauth:grant-type:uma-ticket",
      ticket: "at-the-source-1",
      claim_token: "id-token",
      claim_token_format: "http://openid.net/specs/openid-connect-core-1_0.html#IDToken",
      pct: "p",
    });
    expect(as.to("/token")[0]?.headers).toHaveProperty("dpop");
    expect(source.got).toEqual([undefined, "DPoP rpt"]);
    expect(agreement).toMatchObject({ issuer: as.issuer, refresh_token: "refresh", rpt: "rpt", pct: "pct" });
  });

  test("§3.2.1 a ticket is never sent to an exchange this Client is not registered with", async () => {
    source.says('UMA as_uri="https://evil.example", ticket="t-1"');
    await expect(asked()).rejects.toMatchObject({ code: "unknown_issuer" });
    expect(as.to("/token")).toEqual([]);
  });

  test("§3.2.1 of several exchanges that protect it, one of ours is asked", async () => {
    source.says(`UMA as_uri="https://evil.example", ticket="t-1", UMA as_uri="${as.issuer}", ticket="t-9"`);
    answering(granted);
    expectState(await asked(), "granted");
    expect(forms()[0]).toMatchObject({ ticket: "t-9" });
  });

  test("§5.2 an RPT goes to the source it is for: who passes on another's ticket gets none", async () => {
    const details = [{ type: "t", actions: ["read"], locations: ["https://elsewhere.example"] }];
    answering(() => granted({ authorization_details: details }));
    await expect(asked()).rejects.toThrow("was for another source");
    expect(source.got).toEqual([undefined]);
  });

  test("§3.2.2 an answer that a ticket does not change is the program's", async () => {
    source.says('DPoP algs="ES256"');
    const { response } = expectState(await asked(), "answered");
    expect(response.status).toBe(401);
  });

  test("§3.3.5.1 an agreement is used first; where it is not enough its RPT is upgraded", async () => {
    answering(granted, granted, () => granted({ access_token: "wide", upgraded: true }));
    const { agreement } = expectState(await asked(), "granted");
    expectState(await asked({ agreement }), "granted");
    expect(forms().map(({ grant_type }) => grant_type?.split(":").at(-1))).toEqual(["uma-ticket", "refresh_token"]);

    answering(
      () => granted({ access_token: "narrow" }),
      () => granted({ access_token: "narrow" }),
      () => granted({ access_token: "wide", upgraded: true }),
    );
    const upgraded = expectState(await asked({ agreement: { ...agreement, rpt: "old" } }), "granted");
    expect(forms().at(-1)).toMatchObject({ rpt: "old" });
    expect(upgraded.agreement.rpt).toBe("wide");
  });

  test("§3.3.6 an agreement that ended is as if there were none", async () => {
    answering(granted);
    const { agreement } = expectState(await asked(), "granted");
    answering(() => refused("invalid_grant"), granted);
    expectState(await asked({ agreement }), "granted");
  });

  test("§3.3.6 request_denied is typed", async () => {
    answering(() => refused("request_denied"));
    await expect(asked()).rejects.toMatchObject({ outcome: "declined", code: "request_denied" });
  });

  test("§5.5 an answer with the ticket that was sent is an error", async () => {
    answering(() => submitted("at-the-source-1"));
    await expect(asked()).rejects.toThrow("the ticket it was sent");
  });
});

describe("UMA Grant §3.3.2 claims interaction", () => {
  async function away() {
    answering(needInfo, granted);
    const { location, interaction } = expectState(
      await asked({ claims_redirect_uri: "https://app.example/back" }),
      "need_info",
    );
    const state = new URL(location).searchParams.get("state") ?? "";
    const back = (parameters: Record<string, string>) =>
      new URL(`https://app.example/back?${new URLSearchParams(parameters)}`);
    return { location: new URL(location), interaction, state, back };
  }

  test("the browser is sent with client_id, the newest ticket, where back to and a state nobody guesses", async () => {
    const { location, state } = await away();
    expect(location.pathname).toBe("/claims");
    expect(Object.fromEntries(location.searchParams)).toEqual({
      process: "7",
      client_id: "c-1",
      ticket: "t-2",
      claims_redirect_uri: "https://app.example/back",
      state,
    });
    expect(state.length).toBeGreaterThanOrEqual(43);
    expect((await away()).state).not.toBe(state);
  });

  test("§3.3.3 goes on with the ticket that came back; parameters it does not know are ignored", async () => {
    const { interaction, state, back } = await away();
    const finished = await finishClaims([exchange], back({ ticket: "t-3", state, more: "x" }), interaction);
    expect(await expectState(finished, "granted").response.text()).toBe("records");
    expect(forms().at(-1)).toMatchObject({ ticket: "t-3" });
  });

  test.each([
    ["another state (§5.1)", { ticket: "t-3", state: "another" }],
    ["no state (§5.1)", { ticket: "t-3" }],
  ] as [string, Record<string, string>][])("§5.1 %s is an error", async (_, parameters) => {
    const { interaction, back } = await away();
    await expect(finishClaims([exchange], back(parameters), interaction)).rejects.toThrow("§5.1");
    expect(forms()).toHaveLength(1);
  });

  test("§5.5 the ticket that comes back is a new one", async () => {
    const { interaction, state, back } = await away();
    await expect(finishClaims([exchange], back({ ticket: "t-2", state }), interaction)).rejects.toThrow(
      "no new ticket",
    );
    await expect(finishClaims([exchange], back({ state }), interaction)).rejects.toThrow("no new ticket");
  });

  test("§3.3.3 an error is typed: they would not say who they are", async () => {
    const { interaction, state, back } = await away();
    await expect(finishClaims([exchange], back({ error: "access_denied", state }), interaction)).rejects.toMatchObject({
      outcome: "declined",
    });
  });

  test("§3.3.6 without a place to send anybody to, need_info ends it", async () => {
    answering(() => refused("need_info", { ticket: "t-2", required_claims: [] }));
    await expect(asked()).rejects.toMatchObject({ code: "need_info" });
  });
});

describe("UMA Grant §3.3.6 request_submitted", () => {
  async function waiting(...answers: readonly (() => Answer)[]): Promise<Submitted> {
    answering(() => submitted("t-2"), ...answers);
    return expectState(await asked(), "request_submitted").submitted;
  }

  test("waits by interval, each time with the newest ticket, and keeps it; then the records", async () => {
    const first = await waiting(
      () => submitted("t-3"),
      () => submitted("t-4"),
      granted,
    );
    const kept: (string | undefined)[] = [];
    const began = Date.now();
    const answer = await awaitOwner([exchange], first, { keep: ({ ticket }) => kept.push(ticket) });
    expect(await expectState(answer, "granted").response.text()).toBe("records");
    expect(Date.now() - began).toBeGreaterThanOrEqual(145);
    expect(forms().map(({ ticket }) => ticket)).toEqual(["at-the-source-1", "t-2", "t-3", "t-4"]);
    expect(kept).toEqual(["t-3", "t-4"]);
  });

  test("a restarted program goes on from what was stored", async () => {
    const stored = JSON.parse(JSON.stringify(await waiting(granted)));
    const again = await connect({ issuer: as.issuer, client_id: "c-1", key });
    expectState(await awaitOwner([again], stored), "granted");
  });

  test("the owner's no is typed", async () => {
    const first = await waiting(() => refused("request_denied"));
    await expect(awaitOwner([exchange], first)).rejects.toMatchObject({ outcome: "declined" });
  });

  test("a lost answer: the source is asked anew and no ticket is presented twice (§5.5)", async () => {
    const first = await waiting(
      () => ({ status: 502 }),
      () => ({ status: 503 }),
      () => submitted("t-9"),
      granted,
    );
    expectState(await awaitOwner([exchange], first, { pct: "p" }), "granted");
    const tickets = forms().map(({ ticket }) => ticket);
    expect(tickets).toEqual(["at-the-source-1", "t-2", "at-the-source-2", "at-the-source-3", "t-9"]);
    expect(forms()[2]).toMatchObject({ pct: "p" });
  });

  test("a ticket that is spent or over: the source is asked anew; who uses this Client may have to say so again", async () => {
    const first = await waiting(() => refused("invalid_grant"), needInfo);
    expectState(await awaitOwner([exchange], first), "need_info");
  });

  test("can be given up between two looks", async () => {
    const first = await waiting(() => submitted("t-3"));
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("enough")), 20);
    await expect(awaitOwner([exchange], { ...first, interval: 600 }, { signal: stop.signal })).rejects.toThrow(
      "enough",
    );
  });

  test("who waits for days looks less often, and never less often than every five minutes", async () => {
    const first = await waiting(granted);
    const stop = new AbortController();
    const looking = awaitOwner([exchange], { ...first, since: first.since - 20 }, { signal: stop.signal });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(forms()).toHaveLength(1);
    expectState(await looking, "granted");
  });
});
