import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { languageOf } from "../../core/wallet/language.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { document, immunizations, network } from "../support/network.ts";
import { answered, type Party } from "../support/parties.ts";
import { connecting, sourceDoor } from "../support/source.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let clinic: Party;
const { arrive, browser, seen } = sourceDoor(
  () => exchange,
  () => net,
  () => clinic,
);
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  clinic = await net.resourceServer("North Clinic", "https://north.test", undefined, {
    ...connecting,
    authorization_details_types: [immunizations, document],
  });
});
afterAll(() => exchange.close());

const detail = { type: immunizations, actions: ["read"], optional_actions: ["subscribe"] };
async function waiting() {
  const request = {
    scope: "openid",
    login_hint: await net.june.code("app"),
    binding_message: "A",
    authorization_details: JSON.stringify([detail]),
  };
  await answered(net.app.post("/bc-authorize", request));
  return (await net.june.waiting()).id;
}
const french = { "accept-language": "fr-CA" };

test.each([
  [undefined, "en"],
  ["", "en"],
  ["*", "en"],
  ["fr", "fr"],
  ["FR-ca", "fr"],
  ["de-CH, fr-CH;q=0.9, en;q=0.8", "fr"],
  ["en;q=0.5, fr;q=0.7", "fr"],
  ["en, fr", "en"],
  ["fr;q=0, en;q=0.1", "en"],
  ["fr;q=0", "en"],
  ["fra", "en"],
  ["fr;q=much", "en"],
  [`${"x,".repeat(5_000)}fr`, "en"],
])("RFC 9110 §12.5.4 Accept-Language %s is answered in %s", (header, language) =>
  expect(languageOf(header?.slice(0, 20_000))).toBe(language),
);

describe("A6 the person's language", () => {
  test("UX-01 UX-07 the notice is written in it and says so; what the operator wrote in English alone stays English", async () => {
    const id = await waiting();
    const { notice, noticeHash } = await net.june.screen(id, "fr-CA,fr;q=0.9,en;q=0.8");
    expect(notice).toMatchObject({
      language: "fr",
      asked: [
        {
          title: "Votre historique de vaccination",
          description: "Les vaccins, avec dates et numéros de lot.",
          purpose: "To show which boosters are due.",
          actions: [{ text: "Les vaccins que vous avez reçus" }, { text: "New vaccines as they are recorded" }],
        },
      ],
    });
    const english = await net.june.screen(id, "en-CA");
    expect(english.notice).toMatchObject({ language: "en", asked: [{ title: "Your immunization history" }] });
    expect(noticeHash).not.toBe(english.noticeHash);
    const { requests } = await answered(net.june.call("GET", "/wallet/requests", undefined, french));
    expect(requests).toMatchObject([{ titles: ["Votre historique de vaccination"] }]);
    await net.june.decline(english);
  });

  test("N-71 the passkey signs the notice of one language: another's hash, another's name or none of ours is 409, and the request stays", async () => {
    const id = await waiting();
    const [shown, english] = [await net.june.screen(id, "fr"), await net.june.screen(id, "en")];
    for (const choice of [
      { notice: english.noticeHash },
      { language: "en" },
      { language: "de" },
      { notice: english.noticeHash, language: "de" },
    ])
      expect((await net.june.approve(shown, choice)).status, JSON.stringify(choice)).toBe(409);
    // The language that was signed is the one that was sent.
    const signed = await net.june.approval(shown);
    const sent = { ...signed, language: "en", notice: english.noticeHash };
    expect((await net.june.call("POST", `/wallet/requests/${id}/approve`, sent)).status).toBe(401);

    const view = await answered(net.june.approve(shown));
    expect(view).toMatchObject({ state: "active", kinds: [{ title: "Votre historique de vaccination" }] });
    const { consents } = await answered(net.june.call("GET", "/wallet/consents", undefined, french));
    const kind = expect.objectContaining({ actions: ["Les vaccins que vous avez reçus"] });
    expect(consents).toContainEqual(expect.objectContaining({ id, kinds: [kind] }));
    const { kinds } = await answered(net.june.call("GET", `/wallet/consents/${id}`));
    expect(kinds).toMatchObject([{ title: "Your immunization history" }]);
    const withdrawn = await answered(net.june.call("POST", `/wallet/consents/${id}/withdraw`, undefined, french));
    expect(withdrawn).toMatchObject({ state: "ended", kinds: [{ title: "Votre historique de vaccination" }] });
  });

  test("N-71 so does a source that asks to be connected; the list of sources follows too", async () => {
    const { id } = await seen(await arrive(browser()));
    const [shown, english] = [await net.june.linkScreen(id, "fr"), await net.june.linkScreen(id, "en")];
    expect(shown.notice).toMatchObject({
      language: "fr",
      kinds: [{ title: "Votre historique de vaccination" }, { title: "A document" }],
    });
    for (const choice of [{ notice: english.noticeHash }, { language: "en" }, { language: "de" }]) {
      const body = await net.june.linkApproval(shown, net.june.passkey, choice);
      expect((await net.june.call("POST", `/wallet/links/${id}/approve`, body)).status).toBe(409);
    }
    expect((await net.june.approveLink(shown)).status).toBe(200);
    const { sources } = await answered(net.june.call("GET", "/wallet/sources", undefined, french));
    expect(sources).toEqual(
      expect.arrayContaining([expect.objectContaining({ holds: ["Votre historique de vaccination"] })]),
    );
  });
});
