import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tokenTypeOf } from "../../protocol/confirmation.ts";
import { grantType } from "../../protocol/oauth.ts";
import { authorization_details } from "../support/backchannel.ts";
import { authority, type Certified } from "../support/certificates.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, refusal, thumbprint } from "../support/parties.ts";
import { good, redirect_uri, redirectDoor, verifier } from "../support/redirect.ts";
import { type Held, type Method, methods, type Sender, sender } from "../support/sender.ts";

let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let ca: Certified;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  net = await network(exchange);
  ca = await authority("CN=Matrix CA");
  await net.add("trust-anchors", { name: "matrix", certificate: ca.pem });
});
afterAll(() => exchange.close());
const { browser, answer } = redirectDoor(
  () => exchange,
  () => net,
  () => net.app,
);
const resource = "https://clinic.test";

/** What a Client registers for its tokens to be bound to. */
const registrations = {
  key: { dpop_bound_access_tokens: true },
  certificate: { tls_client_certificate_bound_access_tokens: true },
} as const;
type Bound = keyof typeof registrations;

/** THE TABLE: what comes of a token request, by what the Client is registered for and what it shows. A refusal uses nothing up, so those come first. */
const outcomes: Readonly<Record<Bound, Readonly<Record<Held, Held | string>>>> = {
  key: { nothing: "400 invalid_dpop_proof", certificate: "400 invalid_dpop_proof", key: "key" },
  certificate: { nothing: "400 invalid_request", certificate: "certificate", key: "key" },
};
const shown: readonly Held[] = ["nothing", "certificate", "key"];

/** Whoever authenticates by certificate has shown one. */
const holds = (method: Method, held: Held): Held =>
  held === "nothing" && method.endsWith("tls_client_auth") ? "certificate" : held;

/** Each grant with something good to present, anew for each token. */
const grants: Readonly<Record<string, (by: Sender) => Promise<Record<string, string>>>> = {
  async authorization_code(by) {
    const { request_uri } = await answered(by.send("/par", good));
    const tab = browser();
    const location = await tab.authorize(String(request_uri), by.party.clientId);
    const code = new URL(await tab.open(await answer(location))).searchParams.get("code") ?? "";
    return { grant_type: grantType.authorization_code, code, redirect_uri, code_verifier: verifier, resource };
  },
  async ciba(by) {
    const question = { scope: "openid", binding_message: "M 1", authorization_details };
    const login_hint = await net.june.code("app");
    const { auth_req_id } = await answered(by.send("/bc-authorize", { ...question, login_hint }));
    await answered(net.june.approve(await net.june.waiting()));
    return { grant_type: grantType.ciba, auth_req_id: String(auth_req_id), resource };
  },
  async refresh_token(by) {
    const first = await grants["ciba"]?.(by);
    const { refresh_token } = await answered(by.send("/token", first ?? {}, "key"));
    return { grant_type: grantType.refresh_token, refresh_token: String(refresh_token), resource };
  },
  async client_credentials() {
    return { grant_type: grantType.client_credentials, scope: "grant_management_query" };
  },
};

async function bindingOf(by: Sender, { access_token, token_type }: Record<string, unknown>): Promise<Held> {
  const { cnf } = decodeJwt(String(access_token)) as { cnf?: { jkt: string } | { "x5t#S256": string } };
  expect(token_type).toBe(tokenTypeOf(cnf));
  if (cnf === undefined) return "nothing";
  if ("jkt" in cnf) expect(cnf.jkt).toBe(await thumbprint(by.party.dpopKeys));
  else {
    const digest = await by.certificate.certificate.getThumbprint("SHA-256");
    expect(cnf["x5t#S256"]).toBe(Buffer.from(digest).toString("base64url"));
  }
  return "jkt" in cnf ? "key" : "certificate";
}

/** A token of a consent is told to its Resource Server with what it is bound to (RFC 7662 §2.2, RFC 8705 §3.2, RFC 9449 §6.2). */
async function introspected(token: unknown) {
  const { token_type, cnf } = await answered(net.lakeside.post("/introspect", { token: String(token) }));
  expect({ token_type, cnf }).toEqual({ token_type: tokenTypeOf(cnf as never), cnf: decodeJwt(String(token))["cnf"] });
}

describe.each(methods)("RFC 8705 §3, RFC 9449 §5 every grant, with %s", (method) => {
  describe.each(["key", "certificate"] as const)("registered for a %s", (registered) => {
    let by: Sender;
    beforeAll(async () => {
      by = await sender(exchange, net, ca, method, {
        capabilities: [{ type: immunizations, actions: ["read", "subscribe"], purpose: "immunization-calendar" }],
        grant_types: [...Object.values(grantType)],
        scope: "grant_management_query",
        redirect_uris: [redirect_uri],
        ...registrations[registered],
      });
    });

    test.each(Object.keys(grants))("%s: nothing, a certificate, a key", async (name) => {
      const fresh = grants[name] as (typeof grants)[string];
      let form = await fresh(by);
      for (const held of shown) {
        const expected = outcomes[registered][holds(method, held)];
        const response = await by.send("/token", form, held);
        if (!response.ok) {
          expect({ held, refused: await refusal(response) }).toEqual({ held, refused: expected });
          continue;
        }
        const issued = await answered(response);
        expect({ held, bound: await bindingOf(by, issued) }).toEqual({ held, bound: expected });
        if (name !== "client_credentials") await introspected(issued["access_token"]);
        if (held !== "key" && name !== "refresh_token") form = await fresh(by);
      }
    });

    test("UMA Grant §3.3.1 uma_ticket: bound first, then the ticket is looked at", async () => {
      for (const held of shown) {
        const expected = outcomes[registered][holds(method, held)];
        const refused = await refusal(by.send("/token", { grant_type: grantType.uma_ticket, ticket: "none" }, held));
        expect({ held, refused }).toEqual({
          held,
          refused: expected.startsWith("400") ? expected : "400 invalid_grant",
        });
      }
    });
  });
});

describe.each(methods.filter((method) => method !== "client_secret_basic"))(
  "UMA FedAuthz §1.3 a Resource Server's own token, with %s",
  (method) => {
    test.each([
      ["key", registrations.key, outcomes.key],
      ["certificate", registrations.certificate, outcomes.certificate],
      ["nothing", { dpop_bound_access_tokens: false }, { nothing: "nothing", certificate: "nothing", key: "key" }],
    ] as const)("registered for %s: nothing, a certificate, a key", async (_, registration, expected) => {
      const metadata = { scope: "uma_protection", resource: `https://${crypto.randomUUID()}.test`, ...registration };
      const by = await sender(exchange, net, ca, method, metadata, "resource-servers");
      for (const held of shown) {
        const response = await by.send("/token", { grant_type: grantType.client_credentials }, held);
        const outcome = response.ok ? await bindingOf(by, await answered(response)) : await refusal(response);
        expect({ held, outcome }).toEqual({ held, outcome: expected[holds(method, held)] });
      }
    });
  },
);
