import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { run } from "../../cli/run.ts";
import { type FakeExchange, fakeExchange } from "../sdk/fake-exchange.ts";

let exchange: FakeExchange;
let folder: string;
let out: string[];
let err: string[];

beforeEach(async () => {
  exchange = await fakeExchange();
  folder = await mkdtemp(join(tmpdir(), "fpx-"));
  [out, err] = [[], []];
  exchange.on("/token", () => ({ json: { access_token: "t", token_type: "DPoP", expires_in: 300 } }));
});
afterEach(async () => {
  await exchange.close();
  await rm(folder, { recursive: true });
});

const fpx = (line: string, env: Record<string, string> = {}) =>
  run(line.split(" ").filter(Boolean), { env, folder, out: (text) => out.push(text), err: (text) => err.push(text) });
const file = (name: string, content: unknown) =>
  writeFile(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));

async function withKey(): Promise<string> {
  await fpx("keygen");
  [out, err] = [[], []];
  return `--issuer ${exchange.issuer} --key operator.jwk.json`;
}

const purpose = { purpose: "calendar", texts: { en: { text: "To show a calendar" } } };

describe("docs/operator.md commands", () => {
  test("add, list and show, for people and as JSON", async () => {
    const options = await withKey();
    await file("purpose.json", purpose);
    exchange.on("/operator/purposes", ({ method }) =>
      method === "POST" ? { status: 201, json: purpose } : { json: { purposes: [purpose] } },
    );
    exchange.on("/operator/purposes/calendar", () => ({ json: purpose }));
    expect(await fpx(`purpose add purpose.json ${options}`)).toBe(0);
    expect(await fpx(`purpose list ${options}`)).toBe(0);
    expect(await fpx(`purpose list --json ${options}`)).toBe(0);
    expect(await fpx(`purpose show calendar --json ${options}`)).toBe(0);
    expect(out[0]).toBe("Added: purpose calendar");
    expect(out[1]).toMatch(/^calendar +To show a calendar$/);
    expect(JSON.parse(out[2] ?? "")).toEqual([purpose]);
    expect(JSON.parse(out[3] ?? "")).toEqual(purpose);
    expect(err).toEqual([]);
  });

  test("suspend and resume a party; list says who is suspended", async () => {
    const options = await withKey();
    const client = { client_id: "client_a", client_name: "App", status: "suspended" };
    exchange.on("/operator/clients/client_a/suspend", () => ({ json: client }));
    exchange.on("/operator/resource-servers/rs_a/resume", () => ({ json: { client_id: "rs_a", status: "active" } }));
    exchange.on("/operator/clients", () => ({ json: { clients: [client] } }));
    expect(await fpx(`client suspend client_a ${options}`)).toBe(0);
    expect(await fpx(`rs resume rs_a ${options}`)).toBe(0);
    expect(await fpx(`client list ${options}`)).toBe(0);
    expect(out.slice(0, 2)).toEqual(["Now suspended: client client_a", "Now active: rs rs_a"]);
    expect(out[2]).toMatch(/^client_a +App \(suspended\)$/);
    expect(exchange.to("/operator/clients/client_a/suspend")[0]?.method).toBe("POST");
  });

  test("a logo of a party, from a file, and none again", async () => {
    const options = await withKey();
    await writeFile(join(folder, "logo.png"), Uint8Array.of(1, 2, 3));
    exchange.on("/operator/clients/client_a/logo", () => ({ json: { client_id: "client_a" } }));
    exchange.on("/operator/resource-servers/rs_a/logo", () => ({ json: { client_id: "rs_a" } }));
    expect(await fpx(`client logo client_a logo.png ${options}`)).toBe(0);
    expect(await fpx(`rs no-logo rs_a ${options}`)).toBe(0);
    expect(out).toEqual(["A logo: client client_a", "No logo: rs rs_a"]);
    expect(exchange.to("/operator/clients/client_a/logo")[0]).toMatchObject({ method: "PUT", json: { png: "AQID" } });
    expect(exchange.to("/operator/resource-servers/rs_a/logo")[0]?.method).toBe("DELETE");
    expect(await fpx(`client logo client_a ${options}`)).toBe(2);
    expect(await fpx(`client logo client_a nowhere.png ${options}`)).toBe(1);
    expect(err.at(-1)).toBe("fpx: nowhere.png does not exist");
  });

  test("lock and unlock a person by the name a party has for them", async () => {
    const options = await withKey();
    const person = "client_a.sub-of-june";
    exchange.on(`/operator/people/${person}/suspend`, () => ({ json: { person, status: "suspended" } }));
    exchange.on(`/operator/people/${person}/resume`, () => ({ json: { person, status: "active" } }));
    expect(await fpx(`person suspend ${person} ${options}`)).toBe(0);
    expect(await fpx(`person resume ${person} ${options}`)).toBe(0);
    expect(out).toEqual([`Now suspended: person ${person}`, `Now active: person ${person}`]);
  });

  test("initial-access-token prints the token alone", async () => {
    const options = await withKey();
    await file("grant.json", { capabilities: [], resource_server: true, expires_at: 1_900_000_000 });
    exchange.on("/operator/initial-access-tokens", () => ({
      status: 201,
      json: { initial_access_token: "iat_r1x", expires_at: 1_900_000_000 },
    }));
    expect(await fpx(`initial-access-token grant.json ${options}`)).toBe(0);
    expect(out).toEqual(["iat_r1x"]);
  });

  test("options before environment before .fpx/local.json", async () => {
    await withKey();
    exchange.on("/operator/purposes", () => ({ json: { purposes: [] } }));
    await mkdir(join(folder, ".fpx"));
    await file(".fpx/local.json", { issuer: exchange.issuer, operatorKey: "operator.jwk.json" });
    expect(await fpx("purpose list")).toBe(0);
    expect(await fpx("purpose list", { FPX_ISSUER: "http://localhost:1", FPX_OPERATOR_KEY: "operator.jwk.json" })).toBe(
      1,
    );
    expect(await fpx(`purpose list --issuer ${exchange.issuer}/`, { FPX_ISSUER: "http://localhost:1" })).toBe(0);
  });

  test("keygen writes a private key only its owner reads, prints the public one, and never overwrites", async () => {
    expect(await fpx("keygen keys.json")).toBe(0);
    expect((await stat(join(folder, "keys.json"))).mode & 0o777).toBe(0o600);
    const { d, ...publicKey } = JSON.parse(await readFile(join(folder, "keys.json"), "utf8"));
    expect(JSON.parse(out[0] ?? "")).toEqual(publicKey);
    expect(out[0]).not.toContain(d);
    expect(await fpx("keygen keys.json")).toBe(1);
    expect(err.at(-1)).toBe("fpx: keys.json exists and is not overwritten");
  });
});

describe("docs/operator.md what bad input gets", () => {
  test.each([
    ["purpose add missing.json", "missing.json does not exist"],
    ["purpose add broken.json", /^fpx: broken.json is not JSON: Unexpected token '}'/],
    ["purpose add wrong.json", /^fpx: wrong.json, texts\.en\.text: /],
    ["purpose add pattern.json", 'pattern.json, purpose: "Two Words" has not the form that docs/operator.md shows'],
    ["purpose add list.json", "list.json holds a list: one entry in each file"],
  ])("%s is one sentence that says where, exit 1, and nothing is sent", async (line, sentence) => {
    const options = await withKey();
    await file("broken.json", '{"purpose": }');
    await file("wrong.json", { purpose: "calendar", texts: { en: { text: "" } } });
    await file("pattern.json", { ...purpose, purpose: "Two Words" });
    await file("list.json", [purpose]);
    expect(await fpx(`${line} ${options}`)).toBe(1);
    expect(err).toHaveLength(1);
    if (typeof sentence === "string") expect(err[0]).toBe(`fpx: ${sentence}`);
    else expect(err[0]).toMatch(sentence);
    expect(exchange.to("/operator/purposes")).toHaveLength(0);
  });

  test("a refusal of the exchange is told with its code, exit 1", async () => {
    const options = await withKey();
    exchange.on("/operator/purposes/x", () => ({
      status: 404,
      json: { error: "not_found", error_description: "None." },
    }));
    expect(await fpx(`purpose show x ${options}`)).toBe(1);
    expect(err).toEqual(["fpx: the exchange refuses: not_found: None."]);
  });

  test("which exchange, as whom, and an exchange that is not there", async () => {
    await withKey();
    await file("public.json", { kty: "EC" });
    expect(await fpx("purpose list")).toBe(1);
    expect(await fpx("purpose list --issuer http://localhost:1")).toBe(1);
    expect(await fpx("purpose list --issuer http://localhost:1 --key public.json")).toBe(1);
    expect(await fpx("purpose list --issuer nonsense --key operator.jwk.json")).toBe(1);
    expect(await fpx("purpose list --issuer http://localhost:65123 --key operator.jwk.json")).toBe(1);
    expect(err[0]).toContain("--issuer");
    expect(err[1]).toContain("--key");
    expect(err[2]).toBe("fpx: public.json holds no private JWK");
    expect(err[3]).toBe("fpx: --issuer: nonsense is no URL");
    expect(err[4]).toMatch(/^fpx: the exchange cannot be reached: .*ECONNREFUSED/);
  });

  test("an address where something else answers", async () => {
    const options = await withKey();
    exchange.on("/.well-known/openid-configuration", () => ({ json: { name: "another API" } }));
    expect(await fpx(`purpose list ${options}`)).toBe(1);
    expect(err).toEqual(["fpx: the exchange does not answer as one: invalid response encountered"]);
  });

  test.each([
    "",
    "frobnicate",
    "purpose",
    "purpose delete x",
    "purpose show",
    "purpose list --frob",
    "rs add a b",
    "definition suspend x",
    "person list",
    "person suspend",
  ])("fpx %s: usage on stderr, exit 2", async (line) => {
    expect(await fpx(line)).toBe(2);
    expect(err[0]).toContain("Usage: fpx COMMAND");
    expect(out).toEqual([]);
  });

  test("--help is no mistake", async () => {
    expect(await fpx("--help")).toBe(0);
    expect(out[0]).toContain("Usage: fpx COMMAND");
  });
});
