import { generateKeyPairSync } from "node:crypto";
import { saved } from "./saved.ts";

/** The operator's private key (ES256): made at the first start, kept where only its owner reads it. */
export function operatorKey(file: string): JsonWebKey {
  const key = saved<JsonWebKey | undefined>(file, undefined);
  if (key.value !== undefined) return key.value;
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const made = {
    ...privateKey.export({ format: "jwk" }),
    alg: "ES256",
    use: "sig",
    kid: crypto.randomUUID(),
  } as JsonWebKey;
  key.save(made);
  return made;
}

export function publicPart({ d: _, ...publicJwk }: JsonWebKey) {
  return publicJwk;
}
