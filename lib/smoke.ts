import { parseArgs } from "node:util";

/**
 * `npm run smoke -- <issuer> <wallet origin> [--api <URL of the HTTP API>]`: what a deployed stage must do and only a deployed stage can
 * prove. Runs against `http://localhost:4000 http://localhost:4001` too. It writes nothing.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { api: { type: "string" } } });
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

for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok       ${name}`);
  } catch (error) {
    console.log(`FAILED   ${name}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
