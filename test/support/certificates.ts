import "reflect-metadata"; // before @peculiar/x509, which needs it
import { randomBytes } from "node:crypto";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  type JsonGeneralNames,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { exportJWK, type JWK } from "jose";
import { type KeyPair, keyPair } from "./parties.ts";

const signingAlgorithm = { name: "ECDSA", hash: "SHA-256" };
const MINUTE = 60_000;

export interface Certified {
  readonly keys: KeyPair;
  readonly certificate: X509Certificate;
  /** DER in base64, as in `x5c` and `Client-Cert`. */
  readonly der: string;
  readonly pem: string;
}

export interface Wish {
  readonly names?: JsonGeneralNames;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly purpose?: string;
}

/** A CA of its own. */
export async function authority(name: string, { isAuthority = true, ...wish }: Wish & { isAuthority?: boolean } = {}) {
  const keys = await keyPair();
  const extensions = [new BasicConstraintsExtension(isAuthority, undefined, true)];
  const params = { name, keys, signingAlgorithm, extensions, ...validity(wish) };
  return certified(keys, await X509CertificateGenerator.createSelfSigned(params));
}

/** What a CA issues to a client. */
export async function issued(by: Certified, subject: string, wish: Wish = {}): Promise<Certified> {
  const keys = await keyPair();
  const certificate = await X509CertificateGenerator.create({
    serialNumber: randomBytes(8).toString("hex"),
    subject,
    issuer: by.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: by.keys.privateKey,
    signingAlgorithm,
    extensions: extensionsOf(wish),
    ...validity(wish),
  });
  return certified(keys, certificate);
}

export async function selfSigned(name: string, wish: Wish = {}): Promise<Certified> {
  const keys = await keyPair();
  const params = { name, keys, signingAlgorithm, extensions: extensionsOf(wish), ...validity(wish) };
  return certified(keys, await X509CertificateGenerator.createSelfSigned(params));
}

/** RFC 8705 §2.2.2. */
export async function jwkOf({ keys, der }: Certified, kid = "tls-1"): Promise<JWK> {
  return { ...(await exportJWK(keys.publicKey)), kid, x5c: [der] };
}

function certified(keys: KeyPair, certificate: X509Certificate): Certified {
  return { keys, certificate, der: Buffer.from(certificate.rawData).toString("base64"), pem: certificate.toString() };
}

function validity({ notBefore, notAfter }: Wish) {
  return {
    notBefore: notBefore ?? new Date(Date.now() - MINUTE),
    notAfter: notAfter ?? new Date(Date.now() + 60 * MINUTE),
  };
}

function extensionsOf({ names, purpose = ExtendedKeyUsage.clientAuth }: Wish): Extension[] {
  const san = names === undefined ? [] : [new SubjectAlternativeNameExtension(names)];
  return [new ExtendedKeyUsageExtension([purpose]), ...san];
}
