import { existsSync, readFileSync, statSync } from "node:fs";
import type { Socket } from "node:net";
import { extname, join, normalize } from "node:path";
import { TLSSocket } from "node:tls";
import type { Assembly, Json } from "./assembly.ts";
import { target } from "./http-event.ts";
import { headerLines, type Listener } from "./http-server.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

/** What only CloudFront says. */
const ownWords = ["x-forwarded-for", "x-fpx-origin", "client-cert", "client-cert-chain"];

/** CloudFront before the API: it adds the origin header, whatever the viewer sent under that name, who the viewer is, and their certificate (RFC 9440 §2.2). */
export function beforeApi(api: Listener, originSecret: string): Listener {
  return (request, response) => {
    const lines = headerLines(request);
    const certificate = certificateOf(request.socket);
    const forwarded = lines.filter(([name]) => name === "x-forwarded-for").map(([, value]) => value);
    const viewer = request.socket.remoteAddress ?? "";
    request.rawHeaders = [
      ...lines.filter(([name]) => !ownWords.includes(name)),
      ["x-forwarded-for", [...forwarded, viewer, "127.0.0.1"].join(", ")] as const,
      ["x-fpx-origin", originSecret] as const,
      ...(certificate === undefined ? [] : [["client-cert", `:${certificate}:`] as const]),
    ].flat();
    return api(request, response);
  };
}

/** That its key is held, TLS has shown; nothing else about it was looked at. */
function certificateOf(socket: Socket): string | undefined {
  const peer = socket instanceof TLSSocket ? socket.getPeerCertificate() : undefined;
  return peer?.raw?.toString("base64");
}

/** Files of a folder; a path without a file name is a screen of the app, which `index.html` draws. */
export function pages(folder: string, headers: Readonly<Record<string, string>>): Listener {
  return (request, response) => {
    const { path } = target(request);
    const name = extname(path) === "" ? "/index.html" : normalize(`/${path}`);
    const file = join(folder, name);
    if (!existsSync(file) || !statSync(file).isFile())
      return response.writeHead(404, { "content-type": "text/plain" }).end("Not found\n");
    response.writeHead(200, {
      ...headers,
      "content-type": types[extname(file)] ?? "application/octet-stream",
      "cache-control": name.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    });
    return response.end(request.method === "HEAD" ? undefined : readFileSync(file));
  };
}

/** Which addresses at WalletOrigin CloudFront leads to the API, out of the template. */
export function apiAtWallet(app: Assembly): (url: string) => boolean {
  const patterns: readonly string[] = walletDistribution(app).CacheBehaviors.map(
    ({ PathPattern }: Json) => PathPattern,
  );
  return (url) => {
    const path = url.split("?")[0] ?? "";
    return patterns.some((one) => (one.endsWith("*") ? path.startsWith(one.slice(0, -1)) : path === one));
  };
}

const walletDistribution = (app: Assembly): Json =>
  app.of("AWS::CloudFront::Distribution").find(({ name }) => name.startsWith("FpxEdge-Wallet"))?.properties
    .DistributionConfig;

/** The response headers CloudFront adds to the Wallet's pages, out of the template. HSTS means nothing on http. */
export function pageHeaders(app: Assembly): Record<string, string> {
  const policyId = walletDistribution(app)?.DefaultCacheBehavior.ResponseHeadersPolicyId;
  const policy = app.of("AWS::CloudFront::ResponseHeadersPolicy").find(({ name }) => name === policyId);
  const config = policy?.properties.ResponseHeadersPolicyConfig;
  if (config === undefined) throw new Error("the Wallet's distribution has no response headers policy");
  const security = config.SecurityHeadersConfig;
  return {
    "content-security-policy": security.ContentSecurityPolicy.ContentSecurityPolicy,
    "x-content-type-options": "nosniff",
    "x-frame-options": security.FrameOptions.FrameOption,
    "referrer-policy": security.ReferrerPolicy.ReferrerPolicy,
    ...Object.fromEntries(
      config.CustomHeadersConfig.Items.map(({ Header, Value }: Json) => [Header.toLowerCase(), Value]),
    ),
  };
}
