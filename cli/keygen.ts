import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { newJwkPair } from "../sdk/signing-key.ts";
import { Mistake } from "./mistake.ts";
import type { Surroundings } from "./run.ts";

/** Makes an operator key. The private half goes to a new file that only its owner may read, the public half to `out`. */
export async function keygen(
  folder: string,
  file = "operator.jwk.json",
  { out, err }: Pick<Surroundings, "out" | "err">,
): Promise<void> {
  const { privateKey, publicKey } = await newJwkPair("sig");
  const text = `${JSON.stringify(privateKey, null, 2)}\n`;
  await writeFile(resolve(folder, file), text, { mode: 0o600, flag: "wx" }).catch((failure: NodeJS.ErrnoException) => {
    throw new Mistake(failure.code === "EEXIST" ? `${file} exists and is not overwritten` : failure.message);
  });
  err(`The private key is in ${file}: keep it as you keep a password, and name it with --key or FPX_OPERATOR_KEY.`);
  err("The public key goes into the parameter OperatorJwk of the exchange:");
  out(JSON.stringify(publicKey));
}
