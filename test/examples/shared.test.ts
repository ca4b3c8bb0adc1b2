import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DemoNetwork } from "../../examples/demo-network.ts";
import { knock } from "../../sdk/client/knock.ts";
import { connect } from "../../sdk/exchange.ts";
import { register } from "../../sdk/registration.ts";
import { newJwkPair } from "../../sdk/signing-key.ts";
import { walletOrigin } from "../support/exchange.ts";
import { June } from "../support/person.ts";
import { browser } from "./browser.ts";
import { demoExchange } from "./demo-exchange.ts";

let demo: Awaited<ReturnType<typeof demoExchange>>;
let network: DemoNetwork;
let june: June;
let bob: June;
let link: string;
const [atJunes, atBobs] = [browser(), browser()];

beforeAll(async () => {
  demo = await demoExchange();
  network = await demo.start();
  june = new June(demo.exchange);
  bob = new June(demo.exchange);
  await june.createAccount("June Smith");
  await bob.createAccount("Bob");
  await atJunes.submit(`${demo.clinic}/sign-in`, { number: demo.numbers[demo.clinic] ?? "" });
  const page = await atJunes.submit(`${demo.clinic}/connect`, { code: await june.code("source") });
  link = /class="link">([^<]+)</.exec(page)?.[1] ?? "";
});
afterAll(async () => {
  await network.close();
  await demo.close();
});

const shared = () => `${demo.client}/shared`;

/** From the page of the app to the claims interaction endpoint, through the Wallet, and back. */
async function tells(person: June, page: string): Promise<string> {
  const location = /class="button" href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&#38;", "&") ?? "";
  const wallet = await atBobs.open(location);
  expect(wallet.startsWith(`${walletOrigin}/#/claims/`)).toBe(true);
  const taken = await person.call("POST", `/wallet/claims/${wallet.split("#/claims/")[1]}`);
  const { continueAt } = (await taken.json()) as { continueAt: string };
  return atBobs.open(continueAt);
}

describe("Lakeside Family Clinic, RS-first", () => {
  test("UMA Grant §3.2.1, RFC 9728 §5.1 who knows only the URL is told where to ask, and where the clinic says who it is", async () => {
    const response = await fetch(link);
    expect(response.status).toBe(401);
    const challenge = response.headers.get("www-authenticate") ?? "";
    expect(challenge).toContain(`UMA realm="${demo.clinic}", as_uri="${demo.issuer}", ticket="ticket_`);
    const metadata = /resource_metadata="([^"]+)"/.exec(challenge)?.[1] ?? "";
    expect(await (await fetch(metadata)).json()).toMatchObject({
      resource: demo.clinic,
      resource_name: "Lakeside Family Clinic",
      authorization_servers: [demo.issuer],
      bearer_methods_supported: ["header"],
    });
  });

  test("a link to nobody gets no ticket, like a request that names nobody", async () => {
    for (const url of [`${demo.clinic}/fhir/Immunization?patient=lfc-0977`, `${demo.clinic}/fhir/Immunization`])
      expect((await fetch(url)).headers.get("www-authenticate")).toMatch(/^DPoP /);
  });

  test("UMA Grant §3.3.2, §3.3.6 Bob follows June's link: he says who he is, she is asked and told, he sees her records", async () => {
    const telling = await atBobs.submit(shared(), { link });
    expect(telling).toContain("Who is asking?");
    expect(await tells(bob, telling)).toContain("Now it is for them to answer");
    const screen = await june.waiting();
    expect(screen.notice).toMatchObject({
      client: { name: "My Immunizations" },
      requestingParty: { name: "Bob", you: false },
    });
    await june.approve(screen);
    const page = await atBobs.shows(shared(), "4 records, straight from the source");
    expect(page).toContain("Lakeside Family Clinic");
    expect(await atJunes.open(demo.clinic)).toContain("My Immunizations read 4 records");
  });

  test("UMA Grant §3.3.1 the next time the app knows him by what it kept, and nobody is asked twice", async () => {
    const before = await june.requests();
    expect(await atBobs.submit(shared(), { link })).toContain("4 records");
    expect(await june.requests()).toEqual(before);
  });

  test("UMA Grant §3.5 June stops it: the clinic refuses, and says so", async () => {
    const { consents } = (await (await june.call("GET", "/wallet/consents")).json()) as { consents: { id: string }[] };
    for (const { id } of consents) await june.withdraw(id);
    await new Promise((resolve) => setTimeout(resolve, 3_100));
    expect(await atBobs.open(shared())).toContain("this consent has ended");
  });

  test("UMA Grant §3.3.6 June declines: Bob's page says that the answer was no", async () => {
    expect(await atBobs.submit(shared(), { link })).toContain("Now it is for them to answer");
    await june.decline(await june.waiting());
    await atBobs.shows(shared(), "The answer was no.");
  });

  test("what is no link, no records or no exchange of ours is told, and leads nowhere", async () => {
    expect(await atBobs.submit(shared(), { link: "javascript:alert(1)" })).toContain("This is not a link");
    expect(await atBobs.submit(shared(), { link: `${demo.clinic}/nothing` })).toContain("nothing for us behind");
  });
});

test("UMA Grant §3.3.6 a Client that may not ask for this is told no, and the owner is not asked", async () => {
  const { privateKey: key, publicKey } = await newJwkPair("sig");
  const { client_id } = await register(demo.issuer, network.initialAccessToken, {
    client_name: "Without a way to tell",
    jwks: { keys: [publicKey as { kty: "EC" }] },
    grant_types: ["urn:ietf:params:oauth:grant-type:uma-ticket"],
  });
  const exchange = await connect({ issuer: demo.issuer, client_id, key });
  await expect(knock([exchange], { url: link })).rejects.toMatchObject({ code: "need_info", outcome: "refused" });
});
