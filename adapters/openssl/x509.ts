import { X509Certificate } from "node:crypto";
import type { Certificate, X509 } from "../../core/certificate.ts";
import { relativeName } from "../../protocol/distinguished-name.ts";

const FOR_TLS_CLIENTS = "1.3.6.1.5.5.7.3.2";

/** X.509 as OpenSSL, which Node is built on, reads it. */
export const openssl: X509 = {
  read(text) {
    const read = text === undefined ? undefined : certificateIn(text);
    return read === undefined ? undefined : described(read);
  },
  isIssuedBy(certificate, authority) {
    const [issued, issuer] = [certificateIn(certificate.der), certificateIn(authority.der)];
    return (
      issued !== undefined && issuer !== undefined && issued.checkIssued(issuer) && issued.verify(issuer.publicKey)
    );
  },
  holdsKey(certificate, jwk) {
    const held = certificateIn(certificate.der)?.publicKey.export({ format: "jwk" }) ?? {};
    return Object.entries(held).every(([member, value]) => jwk[member] === value);
  },
};

function certificateIn(text: string): X509Certificate | undefined {
  try {
    const pem = text.startsWith("-----BEGIN CERTIFICATE-----");
    return new X509Certificate(pem ? text : Buffer.from(text, "base64"));
  } catch {
    return undefined;
  }
}

function described(certificate: X509Certificate): Certificate | undefined {
  // One line for each relative name, in the certificate's order, which is the reverse of RFC 4514's.
  const subject = certificate.subject?.split("\n").toReversed().map(relativeName) ?? [];
  const known = subject.filter((part) => part !== undefined);
  return {
    der: certificate.raw.toString("base64"),
    thumbprint: Buffer.from(certificate.fingerprint256.replaceAll(":", ""), "hex").toString("base64url"),
    // A name that cannot be read as a whole is none.
    subject: known.length === subject.length ? known : [],
    names: namesIn(certificate.subjectAltName ?? ""),
    notBefore: Math.ceil(certificate.validFromDate.getTime() / 1000),
    notAfter: Math.floor(certificate.validToDate.getTime() / 1000),
    forClients: certificate.keyUsage?.includes(FOR_TLS_CLIENTS) ?? true,
    isAuthority: certificate.ca,
  };
}

/** `DNS:a.example, URI:"https://b.example/,"`: a value with something special in it is a JSON string. */
function namesIn(text: string): Certificate["names"] {
  const kinds = { DNS: "dns", URI: "uri", "IP Address": "ip", email: "email" } as const;
  const names = { dns: [] as string[], uri: [] as string[], ip: [] as string[], email: [] as string[] };
  for (const [, kind = "", value = ""] of text.matchAll(/(?:^|, )([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,]*)/gy))
    if (Object.hasOwn(kinds, kind))
      names[kinds[kind as keyof typeof kinds]].push(value.startsWith('"') ? JSON.parse(value) : value);
  return names;
}
