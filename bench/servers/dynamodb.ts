import { exportJWK, generateKeyPair } from "jose";
import type { Start } from "../peers.ts";
import { environment } from "./environment.ts";
import { handlersBehindHttp } from "./handlers.ts";

/** The exchange's handlers as they are deployed, on the embedded DynamoDB in this very process. */
export async function dynamodb(start: Start) {
  const { publicKey } = await generateKeyPair("ES256");
  Object.assign(process.env, await environment(start.tables, await exportJWK(publicKey)));
  return handlersBehindHttp(start, async () => (await import("../../functions/ports.ts")).exchange(process.env));
}
