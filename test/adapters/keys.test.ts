import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KMSClient } from "@aws-sdk/client-kms";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createLocalJWKSet, type JWK, jwtVerify, SignJWT } from "jose";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { dynamodbKeys } from "../../adapters/dynamodb/keys.ts";
import { kmsSealingKeys } from "../../adapters/kms/sealing-keys.ts";
import { kmsTokenKeys, newTokenKey } from "../../adapters/kms/token-keys.ts";
import { kmsVapidKey } from "../../adapters/kms/vapid-key.ts";
import { aesGcm } from "../../adapters/openssl/aes-gcm.ts";
import type { TokenKeys } from "../../core/exchange.ts";
import { seal, unseal } from "../../core/seal.ts";
import { turnTokenKeys } from "../../core/turn-token-keys.ts";
import { awsEndpoint } from "../../local/aws-endpoint.ts";
import { localKms } from "../../local/kms.ts";
import { dynalite } from "../support/dynamodb.ts";

const keyArn = "arn:aws:kms:us-east-1:000000000000:key/exchange";
const dynamodb = await dynalite();
const aws = await awsEndpoint({
  kms: localKms(join(mkdtempSync(join(tmpdir(), "fpx-keys-")), "kms.json"), [keyArn]),
  permit: () => {},
});
afterAll(async () => {
  await aws.close();
  await dynamodb.close();
});
const kms = new KMSClient({
  endpoint: aws.url,
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
});
const table = await dynamodb.createKeys();
const documents = DynamoDBDocumentClient.from(dynamodb.client(), { marshallOptions: { removeUndefinedValues: true } });
const kept = (TableName = table) => dynamodbKeys(documents, TableName);
afterEach(() => {
  vi.useRealTimers();
});
const twenty = <T>(make: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, make));

test("design §4 whoever finds no token key makes one, and of twenty at once all use the same", async () => {
  const environments = await twenty(async () => kmsTokenKeys(kms, keyArn, kept(), Date.now));
  const signing = await Promise.all(environments.map((keys) => keys.signing()));
  expect(new Set(signing.map(({ kid }) => kid))).toHaveLength(1);
  const [{ kid, key } = { kid: "", key: undefined }] = signing;
  if (key === undefined) throw new Error("no key");
  const jwt = await new SignJWT({}).setProtectedHeader({ alg: "ES256", kid }).sign(key);
  for (const keys of environments) await jwtVerify(jwt, createLocalJWKSet({ keys: [...(await keys.published())] }));
});

test("RFC 8292 §3.2 the same for the pair of Web Push: of twenty at once one, and what it signs its public point verifies", async () => {
  const environments = await twenty(async () => kmsVapidKey(kms, keyArn, kept(), Date.now));
  const points = await Promise.all(environments.map((key) => key.publicKey()));
  expect(new Set(points)).toHaveLength(1);
  const point = Buffer.from(String(points[0]), "base64url");
  const publicKey = await crypto.subtle.importKey("raw", point, { name: "ECDSA", namedCurve: "P-256" }, true, [
    "verify",
  ]);
  const keys = await Promise.all(environments.map((key) => key.signing()));
  for (const key of keys) {
    expect(key.extractable).toBe(false);
    await jwtVerify(await new SignJWT({}).setProtectedHeader({ alg: "ES256" }).sign(key), publicKey);
  }
});

test("design §4 the same for the sealing key; what one environment sealed another opens", async () => {
  const environments = await twenty(async () => ({
    region: "r1",
    sealingKeys: kmsSealingKeys(kms, keyArn, kept(), aesGcm, Date.now),
  }));
  const sealed = await Promise.all(environments.map((as) => seal(as, "kind", "text")));
  expect(new Set(sealed.map((handle) => handle.slice(0, "kind_r1abcd".length)))).toHaveLength(1);
  for (const as of environments) for (const handle of sealed) expect(await unseal(as, "kind", handle)).toBe("text");
});

const HOUR = 3_600;

/** An environment of a function, warm from when it is made. */
const environment = (TableName: string) => kmsTokenKeys(kms, keyArn, kept(TableName), Date.now);
const turn = (TableName: string) =>
  turnTokenKeys({
    kept: kept(TableName),
    newTokenKey: () => newTokenKey(kms, keyArn, Date.now),
    nowMs: Date.now,
  });
const seconds = () => Date.now() / 1000;
const advance = (by: number) => vi.setSystemTime(Date.now() + by * 1000);

interface Signed {
  readonly at: number;
  readonly kid: string;
  readonly jwt: string;
}

/** The JWKS as one environment published it. */
interface Seen {
  readonly at: number;
  readonly keys: readonly JWK[];
}

async function signed(keys: TokenKeys): Promise<Signed> {
  const { kid, key } = await keys.signing();
  const jwt = await new SignJWT({}).setProtectedHeader({ alg: "ES256", kid }).setExpirationTime("300s").sign(key);
  return { at: seconds(), kid, jwt };
}

test("design §4, operations C6 four days, five environments at a time: what any signed, every verifier can verify", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
  const name = await dynamodb.createKeys();
  const start = seconds();
  const warm = [environment(name), environment(name), environment(name), environment(name)];
  const everSigned: Signed[] = [];
  const everSeen: Seen[] = [];
  while (seconds() < start + 98 * HOUR) {
    const elapsed = seconds() - start;
    if (elapsed > 0 && elapsed % (24 * HOUR) === 0)
      expect((await Promise.all([turn(name), turn(name)])).filter((outcome) => outcome === "turned")).toHaveLength(1);
    if (elapsed % (24 * HOUR) === 6 * HOUR) expect(await turn(name)).toBe("not due");
    // One dies and comes back cold, one has just started.
    if (elapsed % (5 * HOUR) === 0) warm[0] = environment(name);
    const all = [...warm, environment(name)];
    for (const keys of all) {
      everSigned.push(await signed(keys));
      everSeen.push({ at: seconds(), keys: await keys.published() });
    }
    // Keys change ten minutes after a turn.
    advance(elapsed % (24 * HOUR) < HOUR ? 50 : 1_800 - (elapsed % 1_800));
  }

  const kids = [...new Set(everSigned.map(({ kid }) => kid))];
  expect(kids).toHaveLength(4);
  for (const { at, kid, jwt } of everSigned) {
    // Verified until it ends, with a document fetched at most 300 s before.
    const usable = everSeen.filter((seen) => seen.at >= at - 300 && seen.at <= at + 300);
    expect(usable.every(({ keys }) => keys.some((key) => key.kid === kid))).toBe(true);
    const [oldest = { keys: [] }] = usable;
    await jwtVerify(jwt, createLocalJWKSet({ keys: [...oldest.keys] }), { currentDate: new Date(at * 1000) });
  }
  for (const kid of kids.slice(1)) {
    const missing = everSeen.filter(({ keys }) => !keys.some((key) => key.kid === kid));
    const firstUse = Math.min(...everSigned.filter((token) => token.kid === kid).map(({ at }) => at));
    const published = Math.max(...missing.filter(({ at }) => at < firstUse).map(({ at }) => at));
    expect(firstUse - published).toBeGreaterThanOrEqual(24 * HOUR);
  }
  // Retired, in use, next; or in use and two to come: what is older is gone.
  expect(Math.max(...everSeen.map(({ keys }) => keys.length))).toBe(3);
  expect(everSeen.at(-1)?.keys.map(({ kid }) => kid)).not.toContain(kids[0]);
  expect((await kept(name).findRing())?.value.map(({ kid }) => kid)).not.toContain(kids[0]);
}, 120_000);

test("operations C6 where the turning stops, the key in use stays; where it goes on, so does the rest", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
  const name = await dynamodb.createKeys();
  const keys = environment(name);
  const first = (await keys.signing()).kid;
  advance(10 * 24 * HOUR);
  expect((await keys.signing()).kid).toBe(first);
  expect(await turn(name)).toBe("turned");
  advance(61);
  expect((await keys.published()).map(({ kid }) => kid)).toEqual([first, expect.not.stringMatching(first)]);
  expect((await keys.signing()).kid).toBe(first);
  advance(25 * HOUR);
  expect((await keys.signing()).kid).not.toBe(first);
});

test("design §4 an environment asks for the ring once a minute and decrypts each key once", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
  const name = await dynamodb.createKeys();
  const store = kept(name);
  const read = vi.spyOn(store, "findRing");
  const decrypt = vi.spyOn(kms, "send");
  const keys = kmsTokenKeys(kms, keyArn, store, Date.now);
  for (let n = 0; n < 12; n++) {
    await Promise.all([keys.signing(), keys.published()]);
    advance(10);
  }
  expect(read).toHaveBeenCalledTimes(2);
  expect(decrypt).toHaveBeenCalledTimes(2); // made and opened
  decrypt.mockRestore();
});

test("operations C6 a table that fails is asked again by the next caller", async () => {
  const store = kept(await dynamodb.createKeys());
  vi.spyOn(store, "findRing").mockRejectedValueOnce(new Error("throttled"));
  const keys = kmsTokenKeys(kms, keyArn, store, Date.now);
  await expect(keys.signing()).rejects.toThrow("throttled");
  expect((await keys.signing()).kid).toBeTruthy();
});

test("design §4 of twenty turns at once of a ring that is due, one counts", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
  const name = await dynamodb.createKeys();
  expect(await turn(name)).toBe("not due"); // makes the first
  for (let day = 1; day <= 2; day++) {
    advance(24 * HOUR);
    const outcomes = await twenty(() => turn(name));
    expect(outcomes.filter((outcome) => outcome === "turned")).toHaveLength(1);
    expect((await kept(name).findRing())?.revision).toBe(day);
  }
});
