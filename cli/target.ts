import { access } from "node:fs/promises";
import { resolve } from "node:path";
import type { JWK } from "jose";
import { jsonIn } from "./entry-file.ts";
import type { FailedEventsPlace } from "./failed-events.ts";
import { Mistake } from "./mistake.ts";
import type { Surroundings } from "./run.ts";

/** Which exchange, and as whom. */
export interface Target {
  readonly issuer: string;
  readonly key: JWK;
}

/** What `npm start` writes, as far as it is used here. */
interface Local {
  readonly issuer?: string;
  readonly operatorKey?: string;
  readonly failedEvents?: FailedEventsPlace;
}

/** Option before environment variable before the exchange of this folder. */
export async function target(
  { env, folder }: Pick<Surroundings, "env" | "folder">,
  given: { readonly issuer?: string; readonly key?: string },
): Promise<Target> {
  const local = await localExchange(folder);
  const issuer = given.issuer ?? env["FPX_ISSUER"] ?? local.issuer;
  const file = given.key ?? env["FPX_OPERATOR_KEY"] ?? local.operatorKey;
  if (issuer === undefined) throw new Mistake("which exchange? Give --issuer URL or set FPX_ISSUER");
  if (!URL.canParse(issuer)) throw new Mistake(`--issuer: ${issuer} is no URL`);
  if (file === undefined) throw new Mistake("as whom? Give --key FILE or set FPX_OPERATOR_KEY");
  const key = (await jsonIn(folder, file)) as JWK | null;
  if (typeof key?.kty !== "string" || typeof key.d !== "string") throw new Mistake(`${file} holds no private JWK`);
  return { issuer: issuer.replace(/\/$/, ""), key };
}

/** Where failed events are, in the same order; a bucket that was named is reached as the AWS command line would. */
export async function failedEventsPlace(
  { env, folder }: Pick<Surroundings, "env" | "folder">,
  given: { readonly bucket?: string; readonly function?: string },
): Promise<FailedEventsPlace> {
  const bucket = given.bucket ?? env["FPX_FAILED_EVENTS_BUCKET"];
  const named = given.function ?? env["FPX_NOTIFY_FUNCTION"];
  if (bucket !== undefined && named !== undefined) return { bucket, function: named };
  const { failedEvents } = await localExchange(folder);
  if (failedEvents !== undefined && bucket === undefined && named === undefined) return failedEvents;
  const [option, variable] =
    bucket === undefined ? ["bucket NAME", "FPX_FAILED_EVENTS_BUCKET"] : ["function NAME", "FPX_NOTIFY_FUNCTION"];
  throw new Mistake(`where are the failed events? Give --${option} or set ${variable}: an output of the stack FpxApi`);
}

async function localExchange(folder: string): Promise<Local> {
  const file = ".fpx/local.json";
  const exists = await access(resolve(folder, file)).then(
    () => true,
    () => false,
  );
  return exists ? ((await jsonIn(folder, file)) as Local) : {};
}
