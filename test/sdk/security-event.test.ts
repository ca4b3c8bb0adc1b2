import { generateKeyPair, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { TOKENS_REVOKED } from "../../protocol/security-event.ts";
import { type EndedConsent, toldWhoWithdrew } from "../../sdk/client/told.ts";
import { connection } from "../../sdk/exchange.ts";
import { protect } from "../../sdk/resource-server/protect.ts";
import { resourceServer } from "../../sdk/resource-server/resource-server.ts";
import { type Ended, toldWhatEnded } from "../../sdk/resource-server/told.ts";
import type { RefusedEvent } from "../../sdk/security-event.ts";
import { newJwkPair } from "../../sdk/signing-key.ts";
import { type AskingClient, askingClient, RESOURCE, request, seconds, TYPE } from "./asking-client.ts";
import { type FakeExchange, fakeExchange } from "./fake-exchange.ts";

let exchange: FakeExchange;
let client: AskingClient;
const { privateKey: key } = await newJwkPair("sig");

beforeAll(async () => {
  exchange = await fakeExchange();
  client = await askingClient(exchange);
});
beforeEach(() => {
  exchange.got.length = 0;
  exchange.on("/introspect", () => ({ json: client.active }));
  return () => vi.useRealTimers();
});
afterAll(() => exchange.close());

const opaque = { format: "opaque", id: "consent-here" };
const june = {
  format: "iss_sub",
  get iss() {
    return exchange.issuer;
  },
  sub: "june-here",
};

const set = (claims: object = {}, header: object = {}, signedWith?: CryptoKey) =>
  exchange.sign(
    {
      iss: exchange.issuer,
      aud: "rs-1",
      iat: seconds(),
      jti: crypto.randomUUID(),
      toe: seconds() - 2,
      sub_id: opaque,
      events: { [TOKENS_REVOKED]: {} },
      ...claims,
    },
    { typ: "secevent+jwt", ...header },
    signedWith,
  );

const pushed = (body: string, type = "application/secevent+jwt", method = "POST") =>
  new Request("http://127.0.0.1:9/events", {
    method,
    headers: { "content-type": type, accept: "application/json" },
    ...(method === "POST" && { body }),
  });

/** A Resource Server on the kit, what it was told, and why it refused. */
function source(issuer = exchange.issuer) {
  const told: Ended[] = [];
  const reasons: string[] = [];
  const server = resourceServer({ issuer, client_id: "rs-1", key, resource: RESOURCE });
  const note = (ended: Ended) => void told.push(ended);
  const events = toldWhatEnded(server, note, ({ message }: RefusedEvent) => void reasons.push(message));
  const data = protect(server, { type: TYPE, action: "read" })(() => new Response("records"));
  return {
    told,
    reasons,
    push: async (body: string | Promise<string>) => events(pushed(await body)),
    events,
    read: async (token: string) =>
      (await data(request({ authorization: `DPoP ${token}`, dpop: await client.proof(token) }))).status,
  };
}

async function refusal(answer: Promise<Response>): Promise<string> {
  const response = await answer;
  expect(response.status).toBe(400);
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  expect(response.headers.get("content-language")).toBe("en");
  const { err, description } = (await response.json()) as { err: string; description: string };
  expect(description).toMatch(/^[A-Z].+\.$/);
  return err;
}

describe("the Resource Server kit is told what ended", () => {
  test("RFC 8935 §2.2 an event is acknowledged by 202 without a body, and what it names is refused without waiting", async () => {
    const { push, told, read } = source();
    const token = await client.token();
    expect(await read(token)).toBe(200);
    exchange.on("/introspect", () => ({ json: { active: false } }));
    expect(await read(token)).toBe(200);
    const toe = seconds() - 1;
    const answer = await push(set({ toe }));
    expect([answer.status, await answer.text()]).toEqual([202, ""]);
    expect(await read(token)).toBe(401);
    expect(told).toEqual([{ consent: "consent-here", at: toe }]);
  });

  test("RFC 9493 §3.2.3 a person who disconnected is refused by every consent, by the name the source has of them", async () => {
    const { push, told, read } = source();
    const token = await client.token();
    expect(await read(token)).toBe(200);
    exchange.on("/introspect", () => ({ json: { active: false } }));
    expect((await push(set({ sub_id: { ...june, sub: "somebody-else" } }))).status).toBe(202);
    expect(await read(token)).toBe(200);
    expect((await push(set({ sub_id: { ...june } }))).status).toBe(202);
    expect(await read(token)).toBe(401);
    expect(told.at(-1)).toMatchObject({ resource_owner: "june-here" });
  });

  test("RFC 8417 §2.2 an answer that was under way when the event came is not remembered", async () => {
    const { push, read } = source();
    const token = await client.token();
    let answer = () => {};
    const asked = new Promise<void>((now) => {
      exchange.on("/introspect", async () => {
        now();
        await new Promise<void>((go) => {
          answer = go;
        });
        return { json: client.active };
      });
    });
    const first = read(token);
    await asked;
    expect((await push(set())).status).toBe(202);
    answer();
    expect(await first).toBe(200);
    exchange.on("/introspect", () => ({ json: { active: false } }));
    expect(await read(token)).toBe(401);
  });

  test("RFC 8417 §2.2 the same jti is acknowledged again and acted on once, also while the first is at work", async () => {
    const { push, told } = source();
    const jti = "one";
    const answers = await Promise.all([push(set({ jti })), push(set({ jti })), push(set({ jti, iat: seconds() - 1 }))]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect((await push(set({ jti }))).status).toBe(202);
    expect(told).toHaveLength(1);
    expect((await push(set({ jti: "two" }))).status).toBe(202);
    expect(told).toHaveLength(2);
  });

  test("RFC 8935 §2.2 what could not be acted on is not acknowledged, and is acted on when it comes again", async () => {
    const server = resourceServer({ issuer: exchange.issuer, client_id: "rs-1", key, resource: RESOURCE });
    let tries = 0;
    const events = toldWhatEnded(server, async () => {
      if (++tries === 1) throw new Error("disk full");
    });
    const body = await set({ jti: "again" });
    await expect(events(pushed(body))).rejects.toThrow("disk full");
    expect((await events(pushed(body))).status).toBe(202);
    expect(tries).toBe(2);
  });

  test("RFC 8935 §2.3 while the issuer's keys cannot be read it is told to come again", async () => {
    const gone = await fakeExchange();
    const { push, told } = source(gone.issuer);
    await gone.close();
    const answer = await push(set({ iss: gone.issuer }));
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(told).toEqual([]);
  });
});

describe("RFC 8935 §2.3, §2.4 what is not accepted", () => {
  const forged = generateKeyPair("ES256");
  const refused: readonly [string, string, () => Promise<string>][] = [
    ["RFC 8935 §2.4 a forged signature", "invalid_key", async () => set({}, {}, (await forged).privateKey)],
    ["RFC 8935 §2.4 a key the issuer does not have", "invalid_key", async () => set({}, { kid: "k9" })],
    ["RFC 8935 §2.4 another issuer", "invalid_issuer", async () => set({ iss: "https://other.example" })],
    ["RFC 8935 §2.4 an event for somebody else", "invalid_audience", async () => set({ aud: "rs-2" })],
    ["RFC 8417 §2.2 an event for us and others", "invalid_audience", async () => set({ aud: ["rs-1", "rs-2"] })],
    ["RFC 8417 §2.2 an event for nobody", "invalid_audience", async () => set({ aud: undefined })],
    ["RFC 8417 §2.3 a typ that is none", "invalid_request", async () => set({}, { typ: "JWT" })],
    ["RFC 8417 §4.1 an access token", "invalid_request", async () => client.token({ aud: "rs-1" })],
    ["RFC 8417 §2.2 an event type nobody here knows", "invalid_request", async () => set({ events: { "urn:x": {} } })],
    ["RFC 8417 §2.2 no event", "invalid_request", async () => set({ events: {} })],
    ["RFC 8417 §2.2 no jti", "invalid_request", async () => set({ jti: undefined })],
    ["RFC 9493 §3 no subject", "invalid_request", async () => set({ sub_id: undefined })],
    [
      "RFC 9493 §3.2.3 a subject of another issuer",
      "invalid_request",
      async () => set({ sub_id: { ...june, iss: "x" } }),
    ],
    ["RFC 8417 §5.2 one that was kept and comes late", "invalid_request", async () => set({ iat: seconds() - 301 })],
    ["RFC 8935 §2.4 no JWT at all", "invalid_request", async () => "hello"],
    ["RFC 8935 §2.4 a body without end", "invalid_request", async () => "x".repeat(17_000)],
    [
      "RFC 8725 §3.1 alg none",
      "invalid_request",
      async () =>
        new UnsecuredJWT({ aud: "rs-1", sub_id: opaque, events: { [TOKENS_REVOKED]: {} } })
          .setIssuer(exchange.issuer)
          .encode(),
    ],
  ];
  test.each(refused)("%s is %s, and changes nothing", async (_, code, body) => {
    const { push, told, reasons, read } = source();
    const token = await client.token();
    expect(await read(token)).toBe(200);
    exchange.on("/introspect", () => ({ json: { active: false } }));
    expect(await refusal(push(body()))).toBe(code);
    expect(told).toEqual([]);
    expect(reasons).toHaveLength(1);
    expect(await read(token)).toBe(200);
  });

  test("RFC 8935 §2.1 another media type, or another method, is invalid_request", async () => {
    const { events } = source();
    expect(await refusal(events(pushed(await set(), "application/jwt")))).toBe("invalid_request");
    expect(await refusal(events(pushed("", "application/secevent+jwt", "GET")))).toBe("invalid_request");
    expect((await events(pushed(await set(), "application/SecEvent+JWT; charset=utf-8"))).status).toBe(202);
  });
});

describe("the Client kit is told who withdrew", () => {
  function app() {
    const told: EndedConsent[] = [];
    const party = { issuer: exchange.issuer, client_id: "c-1", key };
    const events = toldWhoWithdrew(party, connection(party), (ended) => void told.push(ended));
    return { told, push: async (body: string | Promise<string>) => events(pushed(await body)) };
  }

  test("RFC 8935 §2.2, RFC 9493 §3.2.3 by the sub of the agreement, and whether it was the person (CAEP §2)", async () => {
    const { push, told } = app();
    const toe = seconds() - 1;
    const withdrew = { [TOKENS_REVOKED]: { initiating_entity: "user" } };
    expect((await push(set({ aud: "c-1", sub_id: { ...june }, toe, events: withdrew }))).status).toBe(202);
    expect((await push(set({ aud: "c-1", sub_id: { ...june }, toe }))).status).toBe(202);
    expect(told).toEqual([
      { sub: "june-here", at: toe, withdrawn: true },
      { sub: "june-here", at: toe, withdrawn: false },
    ]);
  });

  test("RFC 8935 §2.4 an event for a Resource Server, or about no person of the issuer, is refused", async () => {
    const { push, told } = app();
    expect(await refusal(push(set({ sub_id: { ...june } })))).toBe("invalid_audience");
    expect(await refusal(push(set({ aud: "c-1" })))).toBe("invalid_request");
    expect(await refusal(push(set({ aud: "c-1", sub_id: { ...june, iss: "https://other.example" } })))).toBe(
      "invalid_request",
    );
    expect(told).toEqual([]);
  });
});
