import { certificateNames } from "../protocol/client-authentication.ts";
import { distinguishedName } from "../protocol/distinguished-name.ts";
import { type Certificate, isValidAt } from "./certificate.ts";
import { type Exchange, now } from "./exchange.ts";
import type { Party } from "./party.ts";
import { hasCertificate } from "./party-keys.ts";

type Looking = Pick<Exchange, "records" | "registry" | "egress" | "x509" | "nowMs">;

/** Why this certificate is not the party's, or undefined if it is. That its key is held, TLS has shown. */
export type CertificateCheck = (as: Looking, party: Party, certificate: Certificate) => Promise<string | undefined>;

/**
 * RFC 8705 §2.1: by a name, in a certificate that a CA issued which the operator trusts. A trust anchor is a name and a key (RFC 5280 §6.1.1 (d)), and the
 * certificate is issued by one directly: no chain comes with it. Nothing is asked about revocation.
 */
export const byName: CertificateCheck = async (as, party, certificate) => {
  if (!certificate.forClients) return "not a certificate for TLS clients (RFC 5280 §4.2.1.12)";
  if (!isNamed(party, certificate)) return "the certificate has another name";
  const time = now(as);
  const issued = (await as.registry.trustAnchors())
    .map((anchor) => as.x509.read(anchor.certificate))
    .some(
      (anchor) => anchor?.isAuthority === true && isValidAt(anchor, time) && as.x509.isIssuedBy(certificate, anchor),
    );
  return issued ? undefined : "issued by no trust anchor";
};

/** RFC 8705 §2.2: it is one of those registered, in an `x5c`; no issuer counts. */
export const byItself: CertificateCheck = async (as, party, { der }) =>
  (await hasCertificate(as, party, der)) ? undefined : "the certificate is not registered";

/** RFC 8705 §2.1.2: exactly one of these is registered. DNS names and IP addresses have one spelling, the others are compared as they are. */
function isNamed(party: Party, { subject, names }: Certificate): boolean {
  const member = certificateNames.find((candidate) => party[candidate] !== undefined);
  const wanted = member === undefined ? undefined : party[member];
  if (member === undefined || wanted === undefined) return false;
  switch (member) {
    case "tls_client_auth_subject_dn":
      return subject.length > 0 && JSON.stringify(distinguishedName(wanted)) === JSON.stringify(subject);
    case "tls_client_auth_san_dns":
      return names.dns.some((name) => name.toLowerCase() === wanted.toLowerCase());
    case "tls_client_auth_san_ip":
      return names.ip.some((name) => sameAddress(name) === sameAddress(wanted));
    case "tls_client_auth_san_uri":
      return names.uri.includes(wanted);
    case "tls_client_auth_san_email":
      return names.email.includes(wanted);
  }
}

/** "compared in binary" (§2.1.2): as a URL spells it. */
function sameAddress(address: string): string {
  return new URL(address.includes(":") ? `http://[${address}]` : `http://${address}`).hostname;
}
