import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { functionNames } from "../../lib/functions.ts";

const sdk = (client: string) => import.meta.resolve(`@aws-sdk/client-${client}`);

/** The assembly as it is deployed, with a few lines in the place of each bundle: no build is needed. */
const handlers: Readonly<Record<string, string>> = {
  discovery: `export const handler = async ({ routeKey, headers, requestContext }) =>
    ({ statusCode: 404, body: JSON.stringify({ routeKey, headers, environment: process.env }) });`,
  // Writes what it is told to: { table, item }.
  token: `import { DynamoDBClient, PutItemCommand } from "${sdk("dynamodb")}";
    const client = new DynamoDBClient({ maxAttempts: 1 });
    export const handler = async ({ body }) => {
      const { table, Item } = JSON.parse(body);
      try {
        await client.send(new PutItemCommand({ TableName: process.env[table], Item }));
        return { statusCode: 204 };
      } catch (error) {
        return { statusCode: 500, body: error.name };
      }
    };`,
  // Registers the phone, or tells why it may not.
  wallet: `import { CreatePlatformEndpointCommand, PublishCommand, SNSClient } from "${sdk("sns")}";
    const client = new SNSClient({ maxAttempts: 1 });
    export const handler = async ({ body }) => {
      const { Token } = JSON.parse(body);
      const PlatformApplicationArn = process.env.FCM_APPLICATION_ARN;
      const { EndpointArn } = await client.send(new CreatePlatformEndpointCommand({ PlatformApplicationArn, Token }));
      const refused = await client.send(new PublishCommand({ TargetArn: EndpointArn, Message: "-" })).catch((error) => error.name);
      return { statusCode: 200, body: JSON.stringify({ EndpointArn, refused }) };
    };`,
  // Fails while a record's file is empty; tells the log what it hears; does not come back from a record that says so; queues a delivery for one that says so.
  notify: `import { readFileSync } from "node:fs";
    import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from "${sdk("sqs")}";
    const client = new SQSClient({ maxAttempts: 1, useQueueUrlAsEndpoint: false });
    const QueueUrl = process.env.DELIVERY_QUEUE_URL;
    export const handler = async ({ Records }) => {
      for (const { eventName, dynamodb } of Records) {
        const file = dynamodb.NewImage.failsWhile?.S;
        if (file && readFileSync(file, "utf8") === "") throw new Error("fails");
        const MessageBody = dynamodb.NewImage.deliver?.S;
        if (MessageBody) {
          await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
          const refused = await client.send(new ReceiveMessageCommand({ QueueUrl })).catch((error) => error.name);
          console.log(JSON.stringify({ message: "may not receive", refused }));
        }
        console.log(JSON.stringify({ message: "heard", eventName, pk: dynamodb.NewImage.pk.S }));
        if (dynamodb.NewImage.hang && !process.env.NAVIGATOR_ORIGINS.includes("again")) await new Promise(() => {});
      }
      return { batchItemFailures: [] };
    };`,
  // Tells the log what it is to deliver; does not come back the first time.
  deliver: `export const handler = async ({ Records }) => {
      for (const { body } of Records) console.log(JSON.stringify({ message: "delivering", body }));
      if (!process.env.NAVIGATOR_ORIGINS.includes("again")) await new Promise(() => {});
      return { batchItemFailures: [] };
    };`,
};

export interface StubAssembly {
  readonly assembly: string;
  readonly dist: string;
}

export function stubAssembly(): StubAssembly {
  const folder = mkdtempSync(join(tmpdir(), "fpx-assembly-"));
  const dist = join(folder, "dist");
  for (const name of functionNames) {
    mkdirSync(join(dist, "functions", name), { recursive: true });
    const handler = handlers[name] ?? "export const handler = async () => ({ statusCode: 204 });";
    writeFileSync(join(dist, "functions", name, "index.mjs"), handler);
  }
  for (const app of ["wallet", "navigator"]) {
    mkdirSync(join(dist, app, "assets"), { recursive: true });
    writeFileSync(join(dist, app, "index.html"), `<!doctype html><title>${app}</title>`);
    writeFileSync(join(dist, app, "assets", "app-1.js"), "export {};");
  }
  const assembly = join(folder, "cdk.out");
  const env = { ...process.env, FPX_DIST: dist, CDK_OUTDIR: assembly };
  execFileSync(process.execPath, ["bin/exchange.ts"], { env, stdio: ["ignore", "ignore", "inherit"] });
  return { assembly, dist };
}
