import { readFileSync } from "node:fs";
import { ScanCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { ConsentView } from "../../protocol/wallet.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange, walletOrigin } from "../support/exchange.ts";
import { immunizations, link, registry } from "../support/network.ts";
import { answered, type Party, refusal } from "../support/parties.ts";
import { SoftwarePasskey } from "../support/passkey.ts";
import { June } from "../support/person.ts";
import { connecting, sourceDoor } from "../support/source.ts";
import { stranger } from "../support/stranger.ts";

let exchange: TestExchange;
let endpoint: Awaited<ReturnType<typeof stranger>>;
let parties: Awaited<ReturnType<typeof registry>>;
let app: Party;
let hospital: Party;
let clinic: Party;
const logged: string[] = [];
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  vi.stubEnv("ALLOW_LOOPBACK", "true");
  vi.stubEnv("POWERTOOLS_LOG_LEVEL", "INFO");
  vi.stubEnv("POWERTOOLS_DEV", "true");
  for (const level of ["debug", "log", "info", "warn", "error"] as const)
    vi.spyOn(console, level).mockImplementation((...told: unknown[]) => void logged.push(told.join(" ")));
  endpoint = await stranger((_, response) => response.writeHead(202).end());
  parties = await registry(exchange);
  app = await parties.client("My Immunizations", {
    security_event_endpoint: `${endpoint.url}/app`,
    backchannel_user_code_parameter: true,
  });
  const told = (name: string) => ({ security_event_endpoint: `${endpoint.url}/${name}` });
  hospital = await parties.resourceServer("General Hospital", "https://hospital.test", undefined, {
    ...told("hospital"),
    ...connecting,
  });
  clinic = await parties.resourceServer("Clinic", "https://clinic.test", undefined, told("clinic"));
});
afterAll(async () => {
  vi.restoreAllMocks();
  endpoint.close();
  await exchange.close();
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  endpoint.seen.length = 0;
  endpoint.answers((_, response) => response.writeHead(202).end());
});
afterEach(() => {
  vi.useRealTimers();
});

/** What the minute does, and all that follows from it. */
async function minute(): Promise<void> {
  vi.setSystemTime(Date.now() + 61_000);
  await (await import("../../functions/erase.ts")).handler();
  await exchange.settled();
  exchange.deliver();
  await exchange.settled();
}

const idOf = (passkey: SoftwarePasskey) => passkey.sign("AAAA").id;

type Item = Readonly<Record<string, { readonly S?: string }>>;
async function itemsOf(table: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await exchange.dynamodb
      .client()
      .send(new ScanCommand({ TableName: table, ExclusiveStartKey: from as never }));
    items.push(...((page.Items ?? []) as Item[]));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}
const keyOf = ({ pk, sk }: Item) => `${pk?.S} ${sk?.S}`;
const recordKeys = async () => (await itemsOf(exchange.tables.records)).map(keyOf).sort();
const everything = async () =>
  JSON.stringify(
    await Promise.all([exchange.tables.records, exchange.tables.guards, exchange.tables.keys].map(itemsOf)),
  );

const scope = "openid immunization-history.read";
const ciba = "urn:openid:params:grant-type:ciba";

/** June's whole life here: two passkeys, a phone, a browser, names, sources of both kinds, consents of every end, uses, codes that wait. */
async function lived() {
  const june = new June(exchange, walletOrigin);
  await june.createAccount("June Smith");
  const other = new SoftwarePasskey(walletOrigin);
  await june.add(other, "Her tablet");
  await answeredOk(june.call("PUT", "/wallet/me/wallet-name", { walletName: "june.smith" }));
  await answeredOk(june.call("PUT", "/wallet/me/user-code", { userCode: "4711-xyz" }));
  await answeredOk(june.call("POST", "/wallet/devices", { platform: "APNS", token: "handset-of-june" }));
  await answeredOk(june.call("POST", "/wallet/me/recovery-code", await june.confirmation("recovery_code")));
  const door = sourceDoor(
    () => exchange,
    () => ({ june, app }) as never,
    () => hospital,
  );
  const pat = await door.pat(june, hospital);
  const sub = await link(clinic, await june.code("source"));
  await answered(
    hospital.call("POST", "/rreg", pat.access_token, {
      type: immunizations,
      resource_scopes: ["read"],
      name: "Chart of June",
    }),
  );

  const asked = async () => {
    const started = { scope, login_hint: "june.smith", user_code: "4711-xyz", binding_message: "A" };
    const { auth_req_id } = await answered(app.post("/bc-authorize", started));
    return { screen: await june.waiting(), auth_req_id: String(auth_req_id) };
  };
  const no = await asked();
  await june.decline(no.screen);
  await answeredOk(june.call("POST", `/wallet/consents/${no.screen.id}/forget`));
  const yes = await asked();
  await june.approve(yes.screen);
  const redemption = { grant_type: ciba, auth_req_id: yes.auth_req_id, resource: "https://clinic.test" };
  const tokens = await answered(app.post("/token", redemption));
  const token = String(tokens["access_token"]);
  expect(await answered(clinic.post("/introspect", { token }))).toMatchObject({ active: true });
  const waits = await asked();
  const code = await june.code("app");
  await exchange.settled();
  return { june, other, sub, yes, waits, token, tokens, code };
}
async function answeredOk(response: Promise<Response>): Promise<void> {
  expect((await response).ok).toBe(true);
}
const erase = async (june: June) => june.call("POST", "/wallet/me/erase", await june.confirmation("erase_account"));

/** The command of docs/deploy.md for somebody a restore brought back. */
async function eraseByHand(): Promise<void> {
  const command = /aws dynamodb update-item .*?\n```/s.exec(readFileSync("docs/deploy.md", "utf8"))?.[0] ?? "";
  const given = (option: string) => new RegExp(`--${option} '(.*?)'(?: \\\\)?\\n`).exec(command)?.[1] ?? "";
  const people = (await itemsOf(exchange.tables.records)).filter(({ sk }) => sk?.S === "PERSON");
  expect(people).toHaveLength(1);
  const update = {
    TableName: exchange.tables.records,
    Key: { pk: people[0]?.["pk"], sk: people[0]?.["sk"] } as never,
    UpdateExpression: given("update-expression"),
    ExpressionAttributeNames: JSON.parse(given("expression-attribute-names")),
    ExpressionAttributeValues: JSON.parse(
      given("expression-attribute-values").replace("'$(date +%s)'", String(Math.floor(Date.now() / 1000))),
    ),
  };
  await exchange.dynamodb.client().send(new UpdateItemCommand(update));
}

describe("Erasure", () => {
  const found =
    "C10 after %s a scan of every table, queue, endpoint and line of the log finds nothing of the person, and everybody was told";
  test.each([
    ["the person asked", async (june: June) => expect((await erase(june)).status).toBe(204)],
    ["an operator erased again whom a restore brought back", eraseByHand],
  ])(found, async (_, begin) => {
    const before = await recordKeys();
    const { june, other, sub, yes, waits, token, tokens, code } = await lived();
    const person = (await itemsOf(exchange.tables.records)).find(({ pk }) => pk?.S?.startsWith("PERSON#"));
    const value = JSON.parse(JSON.stringify(person)) as { value: { M: { pairwiseKey: { S: string } } } };
    const added = (await recordKeys()).filter((key) => !before.includes(key));
    const ids = added.map((key) => key.replace(/^\w+#/, "").replace(/ .*/, ""));
    const shown = (await itemsOf(exchange.tables.records)).flatMap((item) =>
      item["kind"]?.S === "notice" && JSON.stringify(item).includes("kinds") ? [String(item["pk"]?.S?.slice(7))] : [],
    );
    expect(shown).toHaveLength(1);
    const needles = [
      ...ids.filter((id) => id.length >= 16 && !shown.includes(id)),
      ...["June", "june.smith", "Her tablet", "Chart of June", "handset-of-june", sub],
      ...[idOf(june.passkey), idOf(other), value.value.M.pairwiseKey.S, code, token],
      ...endpoint.seen.map(({ body }) => body),
    ];
    expect((await everything()).includes(ids[0] ?? "?")).toBe(true);
    expect(added.length).toBeGreaterThan(15);

    await begin(june);
    // At once, by one write: within what the registry remembers.
    vi.setSystemTime(Date.now() + 3_000);
    expect(await answered(clinic.post("/introspect", { token }))).toEqual({ active: false });
    expect((await june.call("GET", "/wallet/me")).status).toBe(401);
    await minute();
    await minute();
    await minute();

    const told = endpoint.seen.map(({ request }) => request).sort();
    expect(told).toEqual(["POST /app", "POST /clinic", "POST /clinic", "POST /hospital", "POST /hospital"]);
    // What people are shown when they connect a place names nobody, and is the same for all.
    const kept = (await recordKeys()).filter((key) => !before.includes(key) || key.includes(String(shown[0])));
    expect(kept).toEqual([expect.stringMatching(/^NOTICE#/)]);
    const left = await everything();
    expect(needles.filter((needle) => left.includes(needle))).toEqual([]);
    expect(exchange.nextDelivery()).toBe(Infinity);
    const log = logged.join("\n");
    expect(log).toContain("erasure");
    const named = [
      "June",
      "june.smith",
      "Her tablet",
      "Chart of June",
      "handset-of-june",
      sub,
      idOf(june.passkey),
      code,
    ];
    const inLog = [...named, value.value.M.pairwiseKey.S, String(person?.["pk"]?.S?.slice(7))];
    expect(inLog.filter((needle) => log.includes(needle))).toEqual([]);

    // A passkey of somebody erased is one nobody knows; her name is free; the app's handles are handles of nothing.
    const stranger = new June(exchange, walletOrigin);
    const signIn = (one: June) => one.signIn().then(() => "in", String);
    expect(await signIn(june)).toBe(await signIn(stranger));
    const refresh = { grant_type: "refresh_token", refresh_token: String(tokens["refresh_token"]) };
    expect(await refusal(app.post("/token", refresh))).toBe("400 invalid_grant");
    expect(await refusal(app.post("/token", { grant_type: ciba, auth_req_id: waits.auth_req_id }))).toBe(
      "400 authorization_pending",
    );
    expect(yes.screen.id).not.toBe("");
    expect(exchange.failures).toEqual([]);
  });

  test("C10 whoever does not answer is tried for as long as anybody is; until then only what tells them is left", async () => {
    const { june, sub } = await lived();
    const id = (await itemsOf(exchange.tables.records)).find(({ pk }) => pk?.S?.startsWith("PERSON#"))?.["pk"]?.S ?? "";
    endpoint.answers((_, response) => response.writeHead(503).end());
    await erase(june);
    await minute();
    await minute();
    const meanwhile = await everything();
    expect(meanwhile).toContain(id);
    for (const gone of ["June Smith", "june.smith", "Her tablet", "handset-of-june", idOf(june.passkey)])
      expect(meanwhile.includes(gone), gone).toBe(false);
    expect(meanwhile).toContain(sub);

    vi.setSystemTime(Date.now() + 3 * 86_400_000);
    await minute();
    expect(await everything()).not.toContain(id);
  });

  test("UX-20 nothing is erased without a passkey right before, nor by a confirmation of something else", async () => {
    const bob = new June(exchange, walletOrigin);
    await bob.createAccount("Bob");
    expect((await bob.call("POST", "/wallet/me/erase")).status).toBe(400);
    expect((await bob.call("POST", "/wallet/me/erase", await bob.confirmation("add_passkey"))).status).toBe(401);
    const strangers = await bob.confirmation("erase_account", "", new SoftwarePasskey(walletOrigin));
    expect((await bob.call("POST", "/wallet/me/erase", strangers)).status).toBe(401);
    expect((await bob.call("GET", "/wallet/me")).status).toBe(200);
  });

  test("C10 twice is once, and somebody else's things stay", async () => {
    const carol = new June(exchange, walletOrigin);
    await carol.createAccount("Carol");
    await link(clinic, await carol.code("source"));
    const dora = new June(exchange, walletOrigin);
    await dora.createAccount("Dora");
    const [one, two] = await Promise.all([dora.confirmation("erase_account"), dora.confirmation("erase_account")]);
    const both = await Promise.all([one, two].map((body) => dora.call("POST", "/wallet/me/erase", body)));
    expect(both.map(({ status }) => status)).toContain(204);
    await minute();
    await minute();
    await carol.signIn();
    const { sources } = await answered(carol.call("GET", "/wallet/sources"));
    expect(sources).toHaveLength(1);
    expect(((await answered(carol.call("GET", "/wallet/consents")))["consents"] as ConsentView[]).length).toBe(0);
  });
});
