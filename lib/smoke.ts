import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { parseArgs } from "node:util";

/**
 * `npm run smoke -- <issuer> <wallet origin> [--api <URL of the HTTP API>] [--client <id> --key <file> --certificate <file> [--ca <file>]]`: what a deployed stage must do and only a deployed stage can
 * prove. Runs against `http://localhost:4000 http://localhost:4001` too. It writes nothing.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    api: { type: "string" },
    client: { type: "string" },
    key: { type: "string" },
    certificate: { type: "string" },
    ca: { type: "string" },
  },
});
const [issuer = "http://localhost:4000", wallet = "http://localhost:4001"] = positionals;
const secure = issuer.startsWith("https:");

const get = (url: string, init?: RequestInit) => fetch(url, { redirect: "manual", ...init });

function expect(what: string, truth: boolean) {
  if (!truth) throw new Error(what);
}

async function refusal(answer: Response, status: number) {
  expect(`status ${answer.status}, not ${status}`, answer.status === status);
  const { error } = (await answer.json()) as { error?: unknown };
  expect("no OAuth error in the body", typeof error === "string");
}

const checks: Readonly<Record<string, () => Promise<unknown>>> = {
  "both discovery documents name this issuer": async () => {
    for (const name of ["openid-configuration", "oauth-authorization-server"]) {
      const metadata = (await (await get(`${issuer}/.well-known/${name}`)).json()) as Record<string, unknown>;
      expect(`${name} names ${metadata["issuer"]}`, metadata["issuer"] === issuer);
      for (const [key, value] of Object.entries(metadata))
        if (/_endpoint$|_uri$/.test(key)) expect(`${key} is elsewhere`, String(value).startsWith(`${issuer}/`));
    }
  },
  "the token keys are public P-256 keys": async () => {
    const { keys = [] } = (await (await get(`${issuer}/jwks`)).json()) as { keys?: JsonWebKey[] };
    expect("no keys", keys.length > 0);
    for (const key of keys) expect("not a public P-256 key", key.crv === "P-256" && !("d" in key));
  },
  "an unknown path is 404 in our shape": async () => refusal(await get(`${issuer}/nothing-here`), 404),
  "another method is 405 with Allow": async () => {
    const answer = await get(`${issuer}/token`);
    expect(`Allow is ${answer.headers.get("allow")}`, answer.headers.get("allow") === "POST");
    await refusal(answer, 405);
  },
  "WWW-Authenticate arrives under its own name": async () => {
    const answer = await get(`${issuer}/rreg`);
    expect("no WWW-Authenticate", answer.headers.has("www-authenticate"));
    await refusal(answer, 401);
  },
  "a form body arrives: an unauthenticated client is told so": async () => {
    const body = new URLSearchParams({ grant_type: "client_credentials" });
    await refusal(await get(`${issuer}/token`, { method: "POST", body }), 401);
  },
  "the Wallet's pages run their own scripts only and are framed by nobody": async () => {
    const page = await get(wallet);
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(
      `content-security-policy is ${policy}`,
      /script-src 'self'(;|$)/.test(policy) && policy.includes("frame-ancestors 'none'"),
    );
    expect("no nosniff", page.headers.get("x-content-type-options") === "nosniff");
    expect("no Strict-Transport-Security", !secure || page.headers.has("strict-transport-security"));
  },
  "a screen of the Wallet is its page": async () => {
    const page = await get(`${wallet}/some-screen`);
    expect(
      `status ${page.status}`,
      page.status === 200 && String(page.headers.get("content-type")).startsWith("text/html"),
    );
  },
  "below /wallet/ the Wallet's origin is the API": async () => refusal(await get(`${wallet}/wallet/me`), 401),
  "a wallet error is the API's, not a page": async () => refusal(await get(`${wallet}/wallet/nothing-here`), 404),
};

if (values.api !== undefined)
  Object.assign(checks, {
    "the API refuses who does not come through CloudFront": async () => {
      const { status } = await get(`${values.api}/jwks`);
      expect(`status ${status}`, status === 403);
    },
  });

if (values.client !== undefined) Object.assign(checks, mutualTls(values.client));

/** With a Client of `tls_client_auth` or `self_signed_tls_client_auth`: what CloudFront makes of certificates. */
function mutualTls(client_id: string): Record<string, () => Promise<void>> {
  const file = (name: string | undefined) => (name === undefined ? undefined : readFileSync(name));
  const [key, cert, ca] = [file(values.key), file(values.certificate), file(values.ca)];
  const revoke = async (tls: object, headers: Record<string, string> = {}) => {
    const answer = await get(`${issuer}/.well-known/oauth-authorization-server`);
    const { mtls_endpoint_aliases: aliases } = (await answer.json()) as {
      mtls_endpoint_aliases?: Record<string, string>;
    };
    const form = new URLSearchParams({ client_id, token: "none" }).toString();
    const type = { "content-type": "application/x-www-form-urlencoded" };
    return new Promise<number | undefined>((done, failed) => {
      const options = { method: "POST", ca, ...tls, headers: { ...type, ...headers } };
      const sent = request(aliases?.["revocation_endpoint"] ?? "", options, ({ statusCode }) => done(statusCode));
      sent.once("error", failed).end(form);
    });
  };
  const forged = `:${new X509Certificate(cert ?? "").raw.toString("base64")}:`;
  return {
    "RFC 9440 the certificate of the connection arrives as Client-Cert": async () => {
      const status = await revoke({ key, cert });
      expect(`status ${status}`, status === 200);
    },
    "who has no certificate is let in, and is nobody": async () => {
      const status = await revoke({});
      expect(`status ${status}`, status === 401);
    },
    "a Client-Cert of the viewer's own is not believed": async () => {
      const status = await revoke({}, { "client-cert": forged });
      expect(`status ${status}`, status === 401);
    },
  };
}

for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok       ${name}`);
  } catch (error) {
    console.log(`FAILED   ${name}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
