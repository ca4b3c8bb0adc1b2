import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { account, assembly, region } from "./assembly.ts";
import { awsEndpoint } from "./aws-endpoint.ts";
import { database, streamed } from "./database.ts";
import { apiAtWallet, beforeApi, pageHeaders, pages } from "./edge.ts";
import { folderBucket } from "./failures.ts";
import { hosts } from "./hosts.ts";
import { httpApi } from "./http-api.ts";
import { listening } from "./http-server.ts";
import { journal } from "./journal.ts";
import { localKms } from "./kms.ts";
import { functionLog } from "./log.ts";
import { operatorEndpoint } from "./operator-endpoint.ts";
import { operatorKey, publicPart } from "./operator-key.ts";
import { permissions } from "./permissions.ts";
import { phone } from "./phone.ts";
import { freePorts, originsOf, portsFrom } from "./ports.ts";
import { serverCertificate } from "./server-certificate.ts";
import { localSns } from "./sns.ts";
import { localSqs, urlOf } from "./sqs.ts";
import { streamingProxy } from "./stream.ts";
import { apiRoutes, queueConsumers, queuesOfTopics, schedules, streamConsumer } from "./triggers.ts";

export interface LocalExchangeOptions {
  /** Tables, keys, endpoints, journal and log live here. */
  readonly folder: string;
  /** First of seven ports; none: seven that are free. */
  readonly port?: number;
  /** The synthesized assembly. */
  readonly assembly?: string;
  /** Where the built Wallet and Navigator are. */
  readonly dist?: string;
  /** In place of the parameters chosen here. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Is told what a function writes to its standard error. */
  readonly show?: (line: string) => void;
}

const applications = {
  ApnsApplicationArn: `arn:aws:sns:${region}:${account}:app/APNS/navigator`,
  FcmApplicationArn: `arn:aws:sns:${region}:${account}:app/GCM/navigator`,
};

/** A whole exchange on this machine: the tables, functions, routes, stream mappings and schedules of a synthesized assembly. */
export async function localExchange({ folder, dist = "dist", show = () => {}, ...options }: LocalExchangeOptions) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const inFolder = (name: string) => join(folder, name);
  const ports = options.port === undefined ? await freePorts() : portsFrom(options.port);
  const origins = originsOf(ports);
  const key = operatorKey(inFolder("operator.jwk.json"));
  const originSecret = randomBytes(32).toString("base64url");
  const app = assembly(options.assembly ?? "cdk.out", {
    ...applications,
    OperatorJwk: JSON.stringify(publicPart(key)),
    Issuer: origins.issuer,
    WalletOrigin: origins.wallet,
    MtlsOrigin: origins.mtls,
    NavigatorOrigins: origins.phone,
    OriginSecrets: originSecret,
    AllowLoopback: "true",
    ...options.parameters,
  });

  const permit = permissions(app);
  const junePhone = phone(join(dist, "navigator"), origins.wallet);
  const keyArns = app.of("AWS::KMS::Key").map(({ arn }) => arn);
  const queued = app.of("AWS::SQS::Queue");
  const hearing = queuesOfTopics(app);
  const sqs = localSqs(inFolder("queues.json"), queued, (url) => deliveries.poll(url));
  const aws = await awsEndpoint({
    kms: localKms(inFolder("kms.json"), keyArns),
    sns: localSns({
      file: inFolder("sns.json"),
      applicationArns: Object.values(applications),
      deliver: junePhone.deliver,
      tell: (event) => {
        for (const QueueUrl of hearing) sqs.operations.SendMessage({ QueueUrl, MessageBody: JSON.stringify(event) });
      },
    }),
    sqs: sqs.operations,
    permit,
  });
  const tables = app.of("AWS::DynamoDB::GlobalTable");
  const dynamodb = await database(tables, inFolder("tables"));
  const stream = await streamingProxy({
    target: dynamodb.port,
    tables: streamed(tables),
    journal: journal(inFolder("journal.jsonl")),
    consume: (change) => consume(change),
    permit,
  });

  const endpoints = {
    AWS_ENDPOINT_URL_DYNAMODB: stream.url,
    AWS_ENDPOINT_URL_KMS: aws.url,
    AWS_ENDPOINT_URL_SNS: aws.url,
    AWS_ENDPOINT_URL_SQS: aws.url,
  };
  const functions = hosts(app, endpoints, functionLog(inFolder("log.jsonl"), show));
  const failures = folderBucket(inFolder("failed-events"));
  const consume = streamConsumer(app, functions, failures);
  const deliveries = queueConsumers(app, functions, sqs);
  const stopClocks = schedules(app, functions);
  const routed = httpApi(apiRoutes(app, functions));
  const api = beforeApi(routed, originSecret);
  const mtlsApi = beforeApi(routed, `mtls.${originSecret}`);
  const tls = await serverCertificate(inFolder("mtls"));
  const wallet = pages(join(dist, "wallet"), pageHeaders(app));
  const isApi = apiAtWallet(app);
  const servers = [
    await listening(api, ports.issuer),
    await listening((...it) => (isApi(it[0].url ?? "/") ? api : wallet)(...it), ports.wallet),
    await listening(junePhone.listener, ports.phone),
    await listening(mtlsApi, ports.mtls, tls),
  ];

  const failedEvents = { bucket: app.output("FailedEventsBucket"), function: app.output("NotifyFunction") };
  const forOperator = await operatorEndpoint({
    bucketName: failedEvents.bucket,
    bucket: failures,
    invoke: (name, event) => functions.named(name).invoke(event),
  });

  async function close() {
    stopClocks();
    deliveries.close();
    for (const server of servers) server.close();
    await functions.close();
    stream.close();
    aws.close();
    forOperator.close();
    await dynamodb.close();
  }
  try {
    await functions.ready();
  } catch (error) {
    await close();
    throw error;
  }
  await stream.replay();
  for (const queue of queued) deliveries.poll(urlOf(queue));
  return {
    origins,
    ports,
    operatorKey: key,
    mtlsCaFile: tls.caFile,
    endpoints,
    failedEvents: { ...failedEvents, aws: forOperator.aws },
    close,
  };
}
