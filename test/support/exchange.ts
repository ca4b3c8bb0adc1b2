import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  DynamoDBStreamEvent,
  SQSEvent,
} from "aws-lambda";
import { exportJWK, generateKeyPair } from "jose";
import { type HttpFunction, routes } from "../../functions/routes.ts";
import { awsEndpoint } from "../../local/aws-endpoint.ts";
import { localKms } from "../../local/kms.ts";
import { queueMapping } from "../../local/queue-mapping.ts";
import { localSns, type Push } from "../../local/sns.ts";
import { localSqs, urlOf } from "../../local/sqs.ts";
import { streamingProxy } from "../../local/stream.ts";
import { streamMapping } from "../../local/stream-mapping.ts";
import type { LocalDynamoDB } from "./dynamodb.ts";

export const issuer = "https://as.test";
/** Where it asks for client certificates. */
export const mtlsOrigin = "https://mtls.as.test";
export const walletOrigin = "https://wallet.test";
export const navigatorOrigin = "https://navigator.test";
/** SHA-256 of the certificate Navigator for Android is signed with. */
export const androidCertificate = Array.from({ length: 32 }, (_, at) => (at + 0xc0).toString(16).toUpperCase()).join(
  ":",
);

const originSecret = "of-the-tests-0123456789abcdef0123456789";
const keyArn = "arn:aws:kms:us-east-1:000000000000:key/exchange";
/** As in `lib/delivery-queue.ts`. */
const deliveries = {
  name: "deliveries",
  arn: "arn:aws:sqs:us-east-1:000000000000:deliveries",
  stack: "FpxApi",
  properties: { VisibilityTimeout: 180 },
};
const application = (platform: string) => `arn:aws:sns:us-east-1:000000000000:app/${platform}/navigator`;

type Handler = (event: APIGatewayProxyEventV2, context: never) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * The built exchange's handlers in this process, on a real table: time moves by faking Date, streams are followed as they are written.
 * The handlers read the environment when they are imported, so there is one exchange per test file.
 */
export async function testExchange(dynamodb: LocalDynamoDB, deployed: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "fpx-test-"));
  const operator = await generateKeyPair("ES256", { extractable: true });
  const tables = {
    records: await dynamodb.createRecords(),
    guards: await dynamodb.createGuards(),
    keys: await dynamodb.createKeys(),
  };
  const pushes: Push[] = [];
  const failures: unknown[] = [];
  const unregistered = new Set<string>();
  const permit = () => {};
  let following = 0;
  const followed = async <T>(what: Promise<T>): Promise<T> => {
    following++;
    return what.finally(() => following--);
  };
  const sqs = localSqs(join(folder, "queues.json"), [deliveries], () => queue.poll());
  const queue = queueMapping({
    properties: { EventSourceArn: deliveries.arn },
    queueUrl: urlOf(deliveries),
    sqs,
    invoke: (event) =>
      followed(import("../../functions/deliver.ts").then(({ handler }) => handler(event as SQSEvent, {}))),
  });
  /** What follows from a record and failed is put off; a test that failed nothing on purpose wants none. */
  const sent: typeof sqs.operations.SendMessage = (message) => {
    if (message.MessageBody.includes('"follow-up"')) failures.push(message.MessageBody);
    return sqs.operations.SendMessage(message);
  };
  const aws = await awsEndpoint({
    kms: localKms(join(folder, "kms.json"), [keyArn]),
    sns: localSns({
      file: join(folder, "sns.json"),
      applicationArns: [application("APNS"), application("GCM")],
      deliver: (push) => (unregistered.has(push.token) ? "unregistered" : pushes.push(push)),
      tell: (event) => sqs.operations.SendMessage({ QueueUrl: urlOf(deliveries), MessageBody: JSON.stringify(event) }),
    }),
    sqs: { ...sqs.operations, SendMessage: sent },
    permit,
  });
  const mapping = streamMapping({
    properties: { BatchSize: 10, MaximumRetryAttempts: 2 },
    invoke: async (event) => (await import("../../functions/notify.ts")).handler(event as DynamoDBStreamEvent, {}),
    failed: (records) => failures.push(...records),
  });
  const stream = await streamingProxy({
    target: Number(new URL(dynamodb.endpoint).port),
    tables: new Map([[tables.records, ["pk", "sk"]]]),
    journal: { pending: [], note: () => {}, done: () => {} },
    consume: (change) => followed(mapping(change)),
    permit,
  });
  const environment = {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL_DYNAMODB: stream.url,
    AWS_ENDPOINT_URL_KMS: aws.url,
    AWS_ENDPOINT_URL_SNS: aws.url,
    AWS_ENDPOINT_URL_SQS: aws.url,
    RECORDS_TABLE: tables.records,
    GUARDS_TABLE: tables.guards,
    KEYS_TABLE: tables.keys,
    KMS_KEY_ID: keyArn,
    DELIVERY_QUEUE_URL: urlOf(deliveries),
    ISSUER: issuer,
    WALLET_ORIGIN: walletOrigin,
    WALLET_NAME: "Test Wallet",
    NAVIGATOR_ORIGINS: navigatorOrigin,
    ANDROID_PACKAGE: "test.navigator",
    ANDROID_CERTIFICATES: androidCertificate,
    APPLE_APP_ID: "TEAM123456.test.navigator",
    HOME_REGION: "r1",
    OPERATOR_JWK: JSON.stringify(await exportJWK(operator.publicKey)),
    APNS_APPLICATION_ARN: application("APNS"),
    FCM_APPLICATION_ARN: application("GCM"),
    ORIGIN_SECRETS: originSecret,
    MTLS_ORIGIN: mtlsOrigin,
    ALLOW_BEARER_PAT: "true",
    REQUIRE_DPOP_NONCE: "false",
    ALLOW_LOOPBACK: "false",
    POWERTOOLS_LOG_LEVEL: "SILENT",
  };
  Object.assign(process.env, environment, deployed);

  return {
    issuer,
    tables,
    dynamodb,
    operatorKey: operator.privateKey,
    pushes,
    /** Tokens of devices that their platform does not know any more. */
    unregistered,
    failures,
    fetch: gateway(),
    /** When the queue's next message is due, in milliseconds since the epoch; Infinity when it is empty. */
    nextDelivery: () => sqs.nextAt(urlOf(deliveries)),
    /** Looks at the queue now: after Date was moved. */
    deliver: () => queue.poll(),
    /** Until everything that follows from what was written has been done. */
    settled: async () => {
      for (let tries = 0; following > 0; tries++) {
        if (tries > 2_000) throw new Error(`${following} changes are being followed`);
        await new Promise((soon) => setTimeout(soon, 5));
      }
    },
    close: async () => {
      queue.close();
      stream.close();
      await aws.close();
      await dynamodb.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type TestExchange = Awaited<ReturnType<typeof testExchange>>;

const handlers: Readonly<Record<HttpFunction, () => Promise<{ handler: Handler }>>> = {
  discovery: () => import("../../functions/discovery.ts"),
  authorize: () => import("../../functions/authorize.ts"),
  token: () => import("../../functions/token.ts"),
  introspect: () => import("../../functions/introspect.ts"),
  register: () => import("../../functions/register.ts"),
  protection: () => import("../../functions/protection.ts"),
  wallet: () => import("../../functions/wallet.ts"),
  operator: () => import("../../functions/operator.ts"),
};

/** API Gateway's HTTP API around the handlers, called like `fetch`: paths as ANY, form bodies in base64. */
function gateway(): typeof fetch {
  return async (input, init) => {
    const request = new Request(input as string, init);
    const { pathname, search, origin } = new URL(request.url);
    const route = routes.find(({ path }) => pattern(path).test(pathname));
    const text = await request.text();
    const { cookie, ...headers } = Object.fromEntries(request.headers);
    const isJson = /json/.test(headers["content-type"] ?? "");
    const event = {
      version: "2.0",
      routeKey: route === undefined ? "$default" : `ANY ${route.path}`,
      rawPath: pathname,
      rawQueryString: search.slice(1),
      headers: { ...headers, "x-fpx-origin": origin === mtlsOrigin ? `mtls.${originSecret}` : originSecret },
      ...(cookie !== undefined && { cookies: cookie.split("; ") }),
      pathParameters: { ...pattern(route?.path ?? "").exec(pathname)?.groups },
      requestContext: {
        http: { method: request.method, path: pathname },
        requestId: crypto.randomUUID(),
        routeKey: route?.path ?? "$default",
        timeEpoch: Date.now(),
      },
      ...(text !== "" && { body: isJson ? text : Buffer.from(text).toString("base64") }),
      isBase64Encoded: text !== "" && !isJson,
    };
    const { handler } = await handlers[route?.function ?? "discovery"]();
    const result = await handler(event as unknown as APIGatewayProxyEventV2, {} as never);
    const answer = new Headers(result.headers as Record<string, string>);
    for (const value of result.cookies ?? []) answer.append("set-cookie", value);
    const content = result.isBase64Encoded ? Buffer.from(result.body ?? "", "base64") : (result.body ?? null);
    return new Response(content, { status: result.statusCode ?? 200, headers: answer });
  };
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)").replace(/\./g, "\\.")}$`);
}
