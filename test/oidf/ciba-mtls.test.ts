import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { authority } from "../support/certificates.ts";
import { dynalite } from "../support/dynamodb.ts";
import { type TestExchange, testExchange } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { answered, refusal } from "../support/parties.ts";
import { type Sender, sender } from "../support/sender.ts";
import { stranger } from "../support/stranger.ts";
import { ciba } from "./modules.ts";

/** FAPI-CIBA with a Client that shows a certificate, to authenticate and to hold. */
let exchange: TestExchange;
let net: Awaited<ReturnType<typeof network>>;
let endpoint: Awaited<ReturnType<typeof stranger>>;
let app: Sender;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
  vi.stubEnv("ALLOW_LOOPBACK", "true");
  net = await network(exchange);
  endpoint = await stranger((_, response) => response.writeHead(401).end());
  const ca = await authority("CN=Example CA");
  await net.add("trust-anchors", { name: "example", certificate: ca.pem });
  const capabilities = [{ type: immunizations, actions: ["read"], purpose: "immunization-calendar" }];
  app = await sender(exchange, net, ca, "tls_client_auth", {
    capabilities,
    tls_client_certificate_bound_access_tokens: true,
    backchannel_token_delivery_mode: "ping",
    backchannel_client_notification_endpoint: `${endpoint.url}/cb`,
  });
});
afterAll(async () => {
  endpoint.close();
  await exchange.close();
});

async function approved(): Promise<string> {
  const form = { scope: "openid immunization-history.read", binding_message: "A", client_notification_token: "t" };
  const login_hint = await net.june.code("app");
  const { auth_req_id } = await answered(app.send("/bc-authorize", { ...form, login_hint }));
  await net.june.approve(await net.june.waiting());
  await exchange.settled();
  return String(auth_req_id);
}

test(
  ciba(
    "ping-with-mtls-ciba-notification-endpoint-response-401-and-require-server-does-not-retry",
    "told once; it may fetch all the same",
  ),
  async () => {
    const auth_req_id = await approved();
    exchange.deliver();
    await exchange.settled();
    expect(endpoint.seen.map(({ request }) => request)).toEqual(["POST /cb"]);
    const form = { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id };
    expect(await answered(app.send("/token", form))).toMatchObject({ token_type: "Bearer" });
  },
);
test("OIDF fapi-ciba-id1-ensure-mtls-holder-of-key-required: no token without the certificate", async () => {
  const auth_req_id = await approved();
  const form = { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id };
  expect(await refusal(app.party.post("/token", form, { dpop: undefined }))).toMatch(/^40[01] invalid_/);
});
