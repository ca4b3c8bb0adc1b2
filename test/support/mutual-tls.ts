import type { Certified } from "./certificates.ts";
import { mtlsOrigin, type TestExchange } from "./exchange.ts";

export interface Shown {
  /** Of the TLS connection. */
  readonly certificate?: Certified | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where else it is sent, for what no edge would do. */
  readonly origin?: string;
}

function headersOf({ certificate, headers = {} }: Shown): Record<string, string> {
  return { ...(certificate !== undefined && { "client-cert": `:${certificate.der}:` }), ...headers };
}

/** A form to the host that asks for certificates. */
export function postByTls(exchange: TestExchange, path: string, form: Record<string, string>, shown: Shown) {
  const url = (shown.origin ?? mtlsOrigin) + path;
  return exchange.fetch(url, { method: "POST", headers: headersOf(shown), body: new URLSearchParams(form) });
}

export function getByTls(exchange: TestExchange, path: string, shown: Shown) {
  return exchange.fetch((shown.origin ?? mtlsOrigin) + path, { headers: headersOf(shown) });
}
