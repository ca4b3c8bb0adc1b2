import { access } from "node:fs/promises";
import { resolve } from "node:path";
import type { JWK } from "jose";
import { jsonIn } from "./entry-file.ts";
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

async function localExchange(folder: string): Promise<Local> {
  const file = ".fpx/local.json";
  const exists = await access(resolve(folder, file)).then(
    () => true,
    () => false,
  );
  return exists ? ((await jsonIn(folder, file)) as Local) : {};
}
