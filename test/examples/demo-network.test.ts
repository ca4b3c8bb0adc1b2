import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DemoNetwork } from "../../examples/demo-network.ts";
import type { TakenAsk } from "../../protocol/wallet-asks.ts";
import type { Place } from "../../protocol/wallet-sources.ts";
import { operator } from "../../sdk/operator/operator.ts";
import { register } from "../../sdk/registration.ts";
import { newJwkPair } from "../../sdk/signing-key.ts";
import { June } from "../support/person.ts";
import { browser } from "./browser.ts";
import { demoExchange } from "./demo-exchange.ts";

let demo: Awaited<ReturnType<typeof demoExchange>>;
let network: DemoNetwork;
let june: June;
const tab = browser();

beforeAll(async () => {
  demo = await demoExchange();
  network = await demo.start();
  june = new June(demo.exchange);
  await june.createAccount("June Smith");
});
afterAll(async () => {
  await network.close();
  await demo.close();
});

const signIn = (source: string, more: Record<string, string> = {}) =>
  tab.submit(`${source}/sign-in`, { number: demo.numbers[source] ?? "", ...more });

/** From the Wallet's door, where the browser is, through June's answer and back. */
async function answered(wallet: string, yes: boolean): Promise<string> {
  const { id, asks } = (await (
    await june.call("POST", `/wallet/asks/${wallet.split("#/asks/")[1]}`)
  ).json()) as TakenAsk;
  expect(asks).toBe("link");
  const screen = await june.linkScreen(id);
  expect(screen.notice.kinds.map(({ title }) => title)).toEqual(["Immunization history"]);
  const answer = yes ? await june.approveLink(screen) : await june.call("POST", `/wallet/links/${id}/decline`);
  return tab.open(((await answer.json()) as { continueAt: string }).continueAt);
}

async function connect(source: string): Promise<string> {
  await signIn(source);
  return tab.submit(`${source}/connect`, { code: await june.code("source") });
}

/** Ids of the sources of these names on June's screen. */
const idsOf = (screen: Awaited<ReturnType<June["waiting"]>>, ...names: readonly string[]) => [
  names
    .flatMap((name) => screen.notice.asked[0]?.sources.filter((source) => source.name === name) ?? [])
    .map(({ id }) => id),
];

describe("seeding", () => {
  test("docs/operator.md starting again registers nobody again", async () => {
    const acting = operator({ issuer: demo.issuer, key: demo.operatorKey });
    const ids = async () => [...(await acting.list("clients")), ...(await acting.list("resource-servers"))];
    const before = await ids();
    expect(before.map(({ client_name }) => client_name).sort()).toEqual([
      "Lakeside Family Clinic",
      "My Immunizations",
      "Provincial Immunization Registry",
    ]);
    await network.close();
    network = await demo.start();
    expect(await ids()).toEqual(before);
  });

  test("what the parties keep is for their owner only", async () => {
    const files = await readdir(demo.folder);
    expect(files).toEqual(expect.arrayContaining(["clinic.json", "my-immunizations.json", "registry.json"]));
    for (const file of files) expect((await stat(join(demo.folder, file))).mode & 0o777, file).toBe(0o600);
  });

  test("RFC 7591 §3 the initial access token admits a Client for every definition, and a Resource Server", async () => {
    const { publicKey } = await newJwkPair("sig");
    const jwks = { keys: [publicKey as { kty: "EC" }] };
    const client = await register(demo.issuer, network.initialAccessToken, { client_name: "Anyone", jwks });
    expect(client).toMatchObject({
      capabilities: network.definitions.map((type) => expect.objectContaining({ type })),
    });
    const source = {
      client_name: "A source",
      jwks,
      scope: "uma_protection",
      resource: "http://localhost:5999",
    } as const;
    expect((await register(demo.issuer, network.initialAccessToken, source)).client_id).toMatch(/^rs_/);
  });
});

describe("June's story", () => {
  test("UMA FedAuthz §3.2.1 a wrong code is told, a code of the Wallet connects", async () => {
    await signIn(demo.registry);
    expect(await tab.submit(`${demo.registry}/connect`, { code: "AAAA-AAAA" })).toContain("This code does not work");
    expect(await connect(demo.registry)).toContain("Connected to your Wallet");
  });

  test("OIDC Core §4, UMA FedAuthz §1.3 started in the Wallet: the source's own sign-in, then June's answer there, and it is a source", async () => {
    const { places } = (await (await june.call("GET", "/wallet/places")).json()) as { places: Place[] };
    expect(places.map(({ name, connected }) => [name, connected])).toEqual([
      ["Lakeside Family Clinic", false],
      ["Provincial Immunization Registry", true],
    ]);
    const startAt = places[0]?.startAt ?? "";
    expect([...new URL(startAt).searchParams]).toEqual([["iss", demo.issuer]]);
    expect(await tab.open(startAt)).toContain("This is this source’s own sign-in");
    expect(await tab.submit(`${demo.clinic}/sign-in`, { number: "1", next: "connect" })).toContain(
      "Nobody has this number",
    );
    expect(await signIn(demo.clinic, { next: "connect" })).toContain('content="0; url=/connect"');
    expect(await answered(await tab.open(`${demo.clinic}/connect`), false)).toContain("You chose “Not now”");
    expect(await answered(await tab.open(`${demo.clinic}/connect`), true)).toContain("Connected to your Wallet");
    expect(await tab.open(`${demo.clinic}/connect?iss=https://other.test`)).not.toContain("#/asks/");
    const { sources } = (await (await june.call("GET", "/wallet/sources")).json()) as { sources: object[] };
    expect(sources).toHaveLength(2);
  });

  test("signed out of a source, June sees nothing of hers there", async () => {
    const other = browser();
    expect(await other.open(demo.registry)).not.toContain("EW0191");
    expect(await other.submit(`${demo.registry}/connect`, { code: await june.code("source") })).toContain("Sign in");
  });

  test("CIBA Core §7.1 asked, approved for one source: the records of that one, straight from it", async () => {
    const waiting = await tab.submit(`${demo.client}/ask`, { code: await june.code("app") });
    const screen = await june.waiting();
    expect(screen.notice.bindingMessage).toMatch(/^[A-Z][a-z]+ \d\d$/);
    expect(waiting).toContain(`<p class="binding">${screen.notice.bindingMessage}</p>`);
    expect((await june.approve(screen, { sources: idsOf(screen, "Lakeside Family Clinic") })).status).toBe(200);
    const page = await tab.shows(demo.client, "straight from the source");
    expect(page).toContain("AHABB297BB");
    expect(page).not.toContain("EW0191");
    expect(await tab.open(demo.clinic)).toMatch(/My Immunizations read 4 records at \d\d:\d\d/);
    expect(await tab.open(demo.registry)).toContain("Nobody yet.");
    const people = join(demo.folder, (await readdir(demo.folder)).find((file) => file.startsWith("people-of")) ?? "");
    expect(Object.keys(JSON.parse(await readFile(people, "utf8")))).toHaveLength(1);
    expect(await tab.submit(`${demo.client}/forget`)).toContain("Code from your Wallet");
    expect(JSON.parse(await readFile(people, "utf8"))).toEqual({});
  });

  test("design §7 both sources, a restart between, and after the withdrawal both refuse", async () => {
    await tab.submit(`${demo.client}/ask`, { code: await june.code("app") });
    await network.close();
    network = await demo.start();
    const screen = await june.waiting();
    const sources = idsOf(screen, "Provincial Immunization Registry", "Lakeside Family Clinic");
    const consent = (await (await june.approve(screen, { sources })).json()) as { id: string };
    const page = await tab.shows(demo.client, "straight from the source");
    expect(page).toContain("EW0191");
    expect(page).toContain("AHABB297BB");

    await june.withdraw(consent.id);
    const withdrawnAt = Date.now();
    let after = "";
    while (!after.includes("Ask again")) after = await tab.submit(`${demo.client}/refresh`);
    expect(Date.now() - withdrawnAt).toBeLessThan(5_000);
    expect(after).toContain("Provincial Immunization Registry refuses now: this consent has ended.");
    expect(after).toContain("Lakeside Family Clinic refuses now: this consent has ended.");
    expect(after).not.toContain("EW0191");
    // Asked first or told first (RFC 8935), it knows: which of them comes first is the exchange's queue against the loop above.
    expect(await signIn(demo.registry)).toMatch(
      /My Immunizations (was refused at \d\d:\d\d: consent ended|may read no more: your Wallet told us at \d\d:\d\d)/,
    );
  });

  test("RFC 8935 §2.2 a withdrawal is told: both sources know before anybody asks them, the app says so by itself, and the Wallet shows who knows", async () => {
    const seen = async () => JSON.parse(await tab.open(`${demo.client}/state`));
    await tab.submit(`${demo.client}/ask`, { code: await june.code("app") });
    const screen = await june.waiting();
    const sources = idsOf(screen, "Provincial Immunization Registry", "Lakeside Family Clinic");
    const consent = (await (await june.approve(screen, { sources })).json()) as { id: string };
    await tab.shows(demo.client, "straight from the source");
    expect(await seen()).toEqual({ state: "connected" });

    await june.withdraw(consent.id);
    await demo.exchange.settled();
    expect(await tab.open(demo.registry)).toMatch(
      /My Immunizations may read no more: your Wallet told us at \d\d:\d\d/,
    );
    await expect.poll(seen).toEqual({ state: "stopped" });
    const page = await tab.open(demo.client);
    expect(page).toMatch(/You stopped sharing in your Wallet at \d\d:\d\d/);
    expect(page).not.toContain("EW0191");
    const { told } = (await (await june.call("GET", `/wallet/consents/${consent.id}`)).json()) as { told: object[] };
    expect(told).toEqual(
      ["Provincial Immunization Registry", "Lakeside Family Clinic", "My Immunizations"].map((name, at) => ({
        name,
        ...(at === 2 && { app: true }),
        heardAt: expect.any(Number),
      })),
    );
    const stranger = await fetch(`${demo.registry}/events`, {
      method: "POST",
      headers: { "content-type": "application/secevent+jwt" },
      body: "hello",
    });
    expect([stranger.status, await stranger.json()]).toMatchObject([400, { err: "invalid_request" }]);
  });

  test("CIBA Core §11 a decline is told", async () => {
    await tab.submit(`${demo.client}/ask`, { code: await june.code("app") });
    await june.decline(await june.waiting());
    await tab.shows(demo.client, "You declined. Nothing was shared with us.");
  });

  test("FAPI 2.0 §5.3.4 the FHIR endpoint gives nothing without a token", async () => {
    const response = await fetch(`${demo.registry}/fhir/Immunization`);
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toMatch(/^DPoP algs=/);
  });
});

describe("pages", () => {
  test("UX-11 every page says that nobody needs a password or a code sent to the phone", async () => {
    for (const page of [demo.client, demo.registry, demo.clinic]) {
      expect(await tab.open(page)).toContain("We never need your password or a code sent to your phone");
    }
  });

  test("forms of another origin change nothing", async () => {
    // Visits of apps are noted behind the answer.
    const connection = async () => {
      const { log: _, ...kept } = JSON.parse(await readFile(join(demo.folder, "registry-connection.json"), "utf8"));
      return kept;
    };
    const before = await connection();
    const page = await tab.submit(
      `${demo.registry}/connect`,
      { code: await june.code("source") },
      "http://localhost:1",
    );
    expect(page).toContain("Your Wallet");
    expect(await connection()).toEqual(before);
    const asked = await tab.submit(`${demo.client}/ask`, { code: "june" }, "http://localhost:1");
    expect(asked).not.toContain("Check that your phone shows");
  });

  test("pages run no foreign script and are framed by nobody", async () => {
    const { headers } = await fetch(demo.client);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("referrer-policy")).toBe("same-origin");
  });
});
