import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { dynamodbGuards } from "../adapters/dynamodb/guards.ts";
import { dynamodbKeys } from "../adapters/dynamodb/keys.ts";
import { dynamodbRecords } from "../adapters/dynamodb/records.ts";
import { egress } from "../adapters/egress/egress.ts";
import { kmsSealingKeys } from "../adapters/kms/sealing-keys.ts";
import { kmsTokenKeys, newTokenKey } from "../adapters/kms/token-keys.ts";
import { kmsVapidKey } from "../adapters/kms/vapid-key.ts";
import { aesGcm } from "../adapters/openssl/aes-gcm.ts";
import { openssl } from "../adapters/openssl/x509.ts";
import type { NavigatorApps } from "../core/endpoints/app-association.ts";
import type { Exchange } from "../core/exchange.ts";
import { capabilityPolicy } from "../core/policy.ts";
import { registry } from "../core/registry.ts";
import type { Turning } from "../core/turn-token-keys.ts";
import { unfailing } from "../core/uses.ts";
import type { VapidKey } from "../core/web-push.ts";
import { useNotCounted } from "./events.ts";

/** The environment of a function (docs/architecture.md), read here and in the ports beside this file alone. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One attempt more than usual patience; the whole budget stays below the gateway's time-out (operations C5). */
export const awsClient = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 },
} as const;

/** Read per call, so that tests move it. */
export const nowMs = () => Date.now();

/** The exchange on DynamoDB and KMS. */
export function exchange(environment: Environment): Exchange {
  const documents = documentClient();
  const kms = new KMSClient(awsClient);
  const kept = dynamodbKeys(documents, required(environment, "KEYS_TABLE"));
  const keyId = required(environment, "KMS_KEY_ID");
  const records = dynamodbRecords(documents, required(environment, "RECORDS_TABLE"));
  const operatorJwk = environment["OPERATOR_JWK"];
  return {
    issuer: required(environment, "ISSUER"),
    region: required(environment, "HOME_REGION"),
    sealingKeys: kmsSealingKeys(kms, keyId, kept, aesGcm, nowMs),
    tokenKeys: kmsTokenKeys(kms, keyId, kept, nowMs),
    records: { ...records, uses: unfailing(records.uses, useNotCounted) },
    registry: registry(records, nowMs),
    guards: dynamodbGuards(documents, required(environment, "GUARDS_TABLE"), () => Math.floor(nowMs() / 1000)),
    policy: capabilityPolicy,
    operatorKey: operatorJwk ? JSON.parse(operatorJwk) : undefined,
    egress: egress({ allowLoopback: environment["ALLOW_LOOPBACK"] === "true" }),
    x509: openssl,
    mtlsOrigin: environment["MTLS_ORIGIN"] || undefined,
    bearerPats: environment["ALLOW_BEARER_PAT"] === "true",
    dpopNonces: environment["REQUIRE_DPOP_NONCE"] === "true",
    nowMs,
  };
}

/** What turns the token keys: the keys table, and KMS that makes a pair and never opens one. */
export function turning(environment: Environment): Turning {
  const kms = new KMSClient(awsClient);
  const keyId = required(environment, "KMS_KEY_ID");
  return {
    kept: dynamodbKeys(documentClient(), required(environment, "KEYS_TABLE")),
    newTokenKey: () => newTokenKey(kms, keyId, nowMs),
    nowMs,
  };
}

/** The pair push services know this exchange by. */
export function vapidKey(environment: Environment): VapidKey {
  const kept = dynamodbKeys(documentClient(), required(environment, "KEYS_TABLE"));
  return kmsVapidKey(new KMSClient(awsClient), required(environment, "KMS_KEY_ID"), kept, nowMs);
}

function documentClient(): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient(awsClient), {
    marshallOptions: { removeUndefinedValues: true },
  });
}

/** The apps on phones that are Navigator. */
export function navigatorApps(environment: Environment): NavigatorApps {
  const { ANDROID_PACKAGE, APPLE_APP_ID } = environment;
  const certificates = list(environment, "ANDROID_CERTIFICATES");
  return {
    ...(ANDROID_PACKAGE && certificates.length > 0 && { android: { package: ANDROID_PACKAGE, certificates } }),
    ...(APPLE_APP_ID && { apple: APPLE_APP_ID }),
  };
}

export function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
}

/** Space-separated values. */
export function list(environment: Environment, name: string): readonly string[] {
  return (environment[name] ?? "").split(" ").filter((value) => value !== "");
}
