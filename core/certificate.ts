/** A client certificate (RFC 5280), as far as RFC 8705 looks at it. */
export interface Certificate {
  /** DER in base64, as in `x5c` (RFC 7517 §4.7). */
  readonly der: string;
  /** RFC 8705 §3.1 `x5t#S256`. */
  readonly thumbprint: string;
  /** As `distinguishedName` reads one. */
  readonly subject: readonly string[];
  readonly names: Readonly<Record<"dns" | "uri" | "ip" | "email", readonly string[]>>;
  /** Seconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** RFC 5280 §4.2.1.12: it names no purpose, or that of a TLS client. */
  readonly forClients: boolean;
  readonly isAuthority: boolean;
}

/** X.509, which takes no part in any decision. */
export interface X509 {
  /** From DER in base64 or PEM; undefined for anything else. */
  read(certificate: string | undefined): Certificate | undefined;
  /** Whether the key of this CA signed it, and in this CA's name. */
  isIssuedBy(certificate: Certificate, authority: Certificate): boolean;
  /** Whether this is the public key in it. */
  holdsKey(certificate: Certificate, jwk: Readonly<Record<string, unknown>>): boolean;
}

/** RFC 5280 §4.1.2.5; `time` in seconds since the epoch. */
export function isValidAt({ notBefore, notAfter }: Certificate, time: number): boolean {
  return notBefore <= time && time < notAfter;
}
