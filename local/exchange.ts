import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { account, assembly, type Json, region } from "./assembly.ts";
import { awsEndpoint } from "./aws-endpoint.ts";
import { database, streamed } from "./database.ts";
import { beforeApi, pageHeaders, pages } from "./edge.ts";
import { failedEvents } from "./failures.ts";
import { functionHost } from "./function-host.ts";
import { httpApi } from "./http-api.ts";
import { listening } from "./http-server.ts";
import { journal } from "./journal.ts";
import { localKms } from "./kms.ts";
import { functionLog } from "./log.ts";
import { operatorKey, publicPart } from "./operator-key.ts";
import { permissions } from "./permissions.ts";
import { phone } from "./phone.ts";
import { freePorts, portsFrom } from "./ports.ts";
import { minutely } from "./schedule.ts";
import { localSns } from "./sns.ts";
import { streamingProxy } from "./stream.ts";
import { streamMapping } from "./stream-mapping.ts";

export interface LocalExchangeOptions {
  /** Tables, keys, endpoints, journal and log live here. */
  readonly folder: string;
  /** First of six ports; none: six that are free. */
  readonly port?: number;
  /** The synthesized assembly. */
  readonly assembly?: string;
  /** Where the built Wallet and Navigator are. */
  readonly dist?: string;
  /** In place of the ones chosen here. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What a function writes to its standard error, briefly. */
  readonly show?: (line: string) => void;
}

const application = (service: string) => `arn:aws:sns:${region}:${account}:app/${service}/navigator`;

/** A whole exchange on this machine: the tables, functions, routes, stream mappings and schedules of a synthesized assembly. */
export async function localExchange(options: LocalExchangeOptions) {
  const { folder, dist = "dist", show = () => {} } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ports = options.port === undefined ? await freePorts() : portsFrom(options.port);
  const origins = Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, `http://localhost:${port}`]),
  ) as Record<keyof typeof ports, string>;
  const key = operatorKey(join(folder, "operator.jwk.json"));
  const originSecret = randomBytes(32).toString("base64url");
  const app = assembly(options.assembly ?? "cdk.out", {
    OperatorJwk: JSON.stringify(publicPart(key)),
    Issuer: origins.issuer,
    WalletOrigin: origins.wallet,
    NavigatorOrigins: origins.phone,
    OriginSecrets: originSecret,
    ApnsApplicationArn: application("APNS"),
    FcmApplicationArn: application("GCM"),
    AllowLoopback: "true",
    ...options.parameters,
  });

  const permit = permissions(app);
  const junePhone = phone(join(dist, "navigator"), origins.wallet);
  const keys = app.of("AWS::KMS::Key").map(({ arn }) => arn);
  const aws = await awsEndpoint({
    kms: localKms(join(folder, "kms.json"), keys),
    sns: localSns(join(folder, "sns.json"), [application("APNS"), application("GCM")], junePhone.deliver),
    permit,
  });
  const tables = app.of("AWS::DynamoDB::GlobalTable");
  const dynamodb = await database(tables, join(folder, "tables"));
  const consumers: ((change: Parameters<ReturnType<typeof streamMapping>>[0], table: string) => Promise<void>)[] = [];
  const stream = await streamingProxy({
    target: dynamodb.port,
    tables: streamed(tables),
    journal: journal(join(folder, "journal.jsonl")),
    consume: (change) => Promise.all(consumers.map((consumer) => consumer(change, change.table))),
    permit,
  });

  const environment = {
    AWS_ENDPOINT_URL_DYNAMODB: stream.url,
    AWS_ENDPOINT_URL_KMS: aws.url,
    AWS_ENDPOINT_URL_SNS: aws.url,
  };
  const log = functionLog(join(folder, "log.jsonl"), show);
  const functions = new Map(
    app
      .of("AWS::Lambda::Function")
      // The Edge stack's functions put files into S3 during a deployment.
      .filter(({ stack }) => stack === "FpxApi")
      .map((resource) => {
        const host = functionHost({ resource, folder: app.asset(resource.properties.Code.S3Key), environment, log });
        return [resource.name, { ...host, arn: resource.arn }] as const;
      }),
  );
  const named = (nameOrArn: string) => {
    const found = functions.get(nameOrArn.split(":function:").at(-1) ?? "");
    if (found === undefined) throw new Error(`no function ${nameOrArn}`);
    return found;
  };

  for (const { properties } of app.of("AWS::Lambda::EventSourceMapping")) {
    const { invoke, arn } = named(properties.FunctionName);
    const mapping = streamMapping({ properties, invoke, failed: failedEvents(join(folder, "failed-events"), arn) });
    const source = tables.find(({ arn }) => properties.EventSourceArn.startsWith(`${arn}/`))?.name;
    consumers.push((change, table) => (table === source ? mapping(change) : Promise.resolve()));
  }
  const timers = app
    .of("AWS::Events::Rule")
    .flatMap(({ properties }) =>
      properties.Targets.map(({ Arn }: Json) => minutely(properties.ScheduleExpression, named(Arn).invoke)),
    );
  const integrations = new Map(
    app.of("AWS::ApiGatewayV2::Integration").map(({ name, properties }) => [name, properties]),
  );
  const api = beforeApi(
    httpApi(
      app.of("AWS::ApiGatewayV2::Route").map(({ properties }) => ({
        key: properties.RouteKey,
        invoke: named(integrations.get(properties.Target.split("/")[1]).IntegrationUri).invoke,
      })),
    ),
    originSecret,
  );
  const wallet = pages(join(dist, "wallet"), pageHeaders(app));
  const servers = [
    await listening(api, ports.issuer),
    await listening((...it) => (it[0].url?.startsWith("/wallet/") ? api : wallet)(...it), ports.wallet),
    await listening(junePhone.listener, ports.phone),
  ];

  await Promise.all([...functions.values()].map(({ ready }) => ready()));
  await stream.replay();

  return {
    ...origins,
    ports,
    operatorKey: key,
    /** For tests that look into the tables, or call a function in this process. */
    environment,
    close: async () => {
      for (const stop of timers) stop();
      for (const server of servers) server.close();
      await Promise.all([...functions.values()].map(({ close }) => close()));
      stream.close();
      aws.close();
      await dynamodb.close();
    },
  };
}
