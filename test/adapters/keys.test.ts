import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KMSClient } from "@aws-sdk/client-kms";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createLocalJWKSet, jwtVerify, SignJWT } from "jose";
import { afterAll, expect, test } from "vitest";
import { dynamodbKeys } from "../../adapters/dynamodb/keys.ts";
import { kmsSealingKeys } from "../../adapters/kms/sealing-keys.ts";
import { kmsTokenKeys } from "../../adapters/kms/token-keys.ts";
import { seal, unseal } from "../../core/seal.ts";
import { awsEndpoint } from "../../local/aws-endpoint.ts";
import { localKms } from "../../local/kms.ts";
import { dynalite } from "../support/dynamodb.ts";

const keyArn = "arn:aws:kms:us-east-1:000000000000:key/exchange";
const dynamodb = await dynalite();
const aws = await awsEndpoint({
  kms: localKms(join(mkdtempSync(join(tmpdir(), "fpx-keys-")), "kms.json"), [keyArn]),
  sns: {},
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
const kept = () =>
  dynamodbKeys(
    DynamoDBDocumentClient.from(dynamodb.client(), { marshallOptions: { removeUndefinedValues: true } }),
    table,
  );
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

test("design §4 the same for the sealing key; what one environment sealed another opens", async () => {
  const environments = await twenty(async () => ({
    region: "r1",
    sealingKeys: kmsSealingKeys(kms, keyArn, kept(), Date.now),
  }));
  const sealed = await Promise.all(environments.map((as) => seal(as, "kind", "text")));
  expect(new Set(sealed.map((handle) => handle.slice(0, "kind_r1abcd".length)))).toHaveLength(1);
  for (const as of environments) for (const handle of sealed) expect(await unseal(as, "kind", handle)).toBe("text");
});
