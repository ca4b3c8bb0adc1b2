import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JWK } from "jose";
import type { Resource } from "../../local/assembly.ts";
import { awsEndpoint } from "../../local/aws-endpoint.ts";
import { database } from "../../local/database.ts";
import { localKms } from "../../local/kms.ts";
import { localSns } from "../../local/sns.ts";
import { ISSUER } from "../peers.ts";

const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:000000000000:${name}`;
const keyArn = arn("kms", "key/bench");
const applications = [arn("sns", "app/APNS/navigator"), arn("sns", "app/GCM/navigator")] as const;

/** An embedded DynamoDB with the template's tables, local KMS and SNS, and the environment that leads a function to them. */
export async function environment(tables: readonly Resource[], operator: JWK): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "fpx-bench-"));
  const { port } = await database(tables);
  const aws = await awsEndpoint({
    kms: localKms(join(folder, "kms.json"), [keyArn]),
    sns: localSns({ file: join(folder, "sns.json"), applicationArns: [...applications], deliver: () => {} }),
    permit: () => {},
  });
  const named = (kind: string) => tables.find(({ name }) => name.startsWith(`FpxState-${kind}`))?.name ?? "";
  return {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}`,
    AWS_ENDPOINT_URL_KMS: aws.url,
    AWS_ENDPOINT_URL_SNS: aws.url,
    RECORDS_TABLE: named("Records"),
    GUARDS_TABLE: named("Guards"),
    KEYS_TABLE: named("Keys"),
    KMS_KEY_ID: keyArn,
    ISSUER,
    WALLET_ORIGIN: "https://wallet.bench.example",
    WALLET_NAME: "Wallet",
    NAVIGATOR_ORIGINS: "",
    ANDROID_PACKAGE: "",
    ANDROID_CERTIFICATES: "",
    APPLE_APP_ID: "",
    HOME_REGION: "r1",
    OPERATOR_JWK: JSON.stringify(operator),
    APNS_APPLICATION_ARN: applications[0],
    FCM_APPLICATION_ARN: applications[1],
    ORIGIN_SECRETS: "",
    DELIVERY_QUEUE_URL: "http://127.0.0.1:1/deliveries",
    ALLOW_LOOPBACK: "false",
    ALLOW_BEARER_PAT: "true",
    REQUIRE_DPOP_NONCE: "false",
    POWERTOOLS_LOG_LEVEL: "SILENT",
  };
}
