import { lookup } from "node:dns/promises";
import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Egress, EgressAnswer, EgressRequest } from "../../core/egress.ts";
import { isLoopback, isPublic } from "./public-addresses.ts";

/** Connecting and reading together, resolution included. */
const PATIENCE_MS = 3_000;
const MAX_BODY = 65_536;

/** Every address of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const resolved: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/** Each name is resolved once, every address it has must be public, and the connection goes to what was checked: a second answer finds nobody who asks (DNS rebinding). */
export function egress({ allowLoopback, resolve = resolved }: { allowLoopback: boolean; resolve?: Resolve }): Egress {
  return {
    admits: (url) => destination(url, allowLoopback) !== undefined,
    async send(request) {
      const to = destination(request.url, allowLoopback);
      if (to === undefined) return "refused";
      const signal = AbortSignal.timeout(PATIENCE_MS);
      try {
        const addresses = isIP(to.host) === 0 ? await Promise.race([resolve(to.host), aborted(signal)]) : [to.host];
        const [address] = addresses;
        if (address === undefined || !addresses.every(to.loopback ? isLoopback : isPublic)) return "refused";
        return await exchanged(to.url, request, address, signal);
      } catch {
        return "failed";
      }
    },
  };
}

interface Destination {
  readonly url: URL;
  /** As the URL Standard spells it: one form per address, without brackets. */
  readonly host: string;
  readonly loopback: boolean;
}

/** The URL Standard turns decimal, octal and hexadecimal addresses into the one form that is checked here. */
function destination(text: string, allowLoopback: boolean): Destination | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (host === "localhost" || host === "127.0.0.1")
    return allowLoopback && /^https?:$/.test(url.protocol) ? { url, host, loopback: true } : undefined;
  if (url.protocol !== "https:" || host.endsWith(".localhost")) return undefined;
  return isIP(host) === 0 || isPublic(host) ? { url, host, loopback: false } : undefined;
}

function exchanged(url: URL, asked: EgressRequest, address: string, signal: AbortSignal): Promise<EgressAnswer> {
  const { method, headers, body, reads } = asked;
  const options: RequestOptions = { method, headers, signal, agent: false, lookup: pinned(address) };
  return new Promise((done, failed) => {
    const answered = (response: IncomingMessage) => {
      const head = { status: response.statusCode ?? 0, ...retryAfter(response.headers["retry-after"]) };
      if (reads) return read(response).then((content) => done({ ...head, body: content }), failed);
      response.destroy();
      done({ ...head, body: "" });
    };
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    send(url, options, answered).once("error", failed).end(body);
  });
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function retryAfter(value = ""): Pick<EgressAnswer, "retryAfter"> {
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000);
  return seconds > 0 ? { retryAfter: seconds } : {};
}

const pinned =
  (address: string): LookupFunction =>
  (_, { all }, found) =>
    all ? found(null, [{ address, family: isIP(address) }]) : found(null, address, isIP(address));

async function read(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) throw new Error(`more than ${MAX_BODY} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
}
