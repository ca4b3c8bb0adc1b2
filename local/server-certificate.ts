import "reflect-metadata"; // before @peculiar/x509, which needs it
import { KeyObject, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { BasicConstraintsExtension, SubjectAlternativeNameExtension, X509CertificateGenerator } from "@peculiar/x509";
import { saved } from "./saved.ts";

export interface ServerCertificate {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
}

const YEAR = 365 * 86_400_000;

/** The certificate of the host that asks for client certificates: made at the first start, its own issuer. Whoever trusts `<file>.pem` trusts this host. */
export async function serverCertificate(file: string): Promise<ServerCertificate & { readonly caFile: string }> {
  const kept = saved<ServerCertificate | undefined>(`${file}.json`, undefined);
  const certificate = kept.value ?? (await made());
  if (kept.value === undefined) kept.save(certificate);
  const caFile = `${file}.pem`;
  writeFileSync(caFile, certificate.cert, { mode: 0o600 });
  return { ...certificate, caFile };
}

async function made(): Promise<ServerCertificate> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const names = [
    { type: "dns", value: "localhost" },
    { type: "ip", value: "127.0.0.1" },
  ] as const;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=localhost, O=FPX on this machine",
    keys,
    signingAlgorithm: algorithm,
    serialNumber: randomBytes(8).toString("hex"),
    notAfter: new Date(Date.now() + 10 * YEAR),
    extensions: [new BasicConstraintsExtension(true, 0, true), new SubjectAlternativeNameExtension([...names])],
  });
  const key = KeyObject.from(keys.privateKey).export({ type: "pkcs8", format: "pem" }) as string;
  return { key, cert: certificate.toString("pem") };
}
