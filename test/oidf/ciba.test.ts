import { decodeJwt, SignJWT } from "jose";
import { beforeEach, expect, test, vi } from "vitest";
import { backchannel } from "../support/backchannel.ts";
import { issuer } from "../support/exchange.ts";
import { answered, keyPair, type Party, refusal } from "../support/parties.ts";
import { ciba } from "./modules.ts";
import { twoClients } from "./two-clients.ts";

const { net, first, second, exchange, resource } = twoClients({});
const { ask, poll } = backchannel(net);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
});
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

type Changes = Parameters<typeof ask>[0];
const started = async (more: Changes = {}, party: Party = first()) =>
  String((await answered(ask({ login_hint: await net().june.code("app"), ...more }, party)))["auth_req_id"]);

/** Asked, approved, fetched. */
async function flow(more: Changes = {}, party: Party = first()) {
  const auth_req_id = await started(more, party);
  const screen = await net().june.waiting();
  await net().june.approve(screen);
  return { screen, tokens: await answered(fetched(auth_req_id, party)) };
}
const fetched = (auth_req_id: string, party: Party = first(), more: Changes = {}) =>
  party.post("/token", {
    grant_type: "urn:openid:params:grant-type:ciba",
    auth_req_id,
    resource: "https://clinic.test",
    ...more,
  });

test(ciba("discovery-end-point-verification", "poll and ping, never push; the algorithms of FAPI"), async () => {
  const metadata = await answered(exchange().fetch(`${issuer}/.well-known/openid-configuration`));
  expect(metadata).toMatchObject({
    issuer,
    backchannel_authentication_endpoint: `${issuer}/bc-authorize`,
    backchannel_token_delivery_modes_supported: ["poll", "ping"],
  });
  expect(metadata["grant_types_supported"]).toContain("urn:openid:params:grant-type:ciba");
  const algorithms = metadata["backchannel_authentication_request_signing_alg_values_supported"];
  expect(algorithms).toEqual(expect.arrayContaining(["PS256", "ES256"]));
  for (const wrong of ["none", "RS256", "HS256"]) expect(algorithms).not.toContain(wrong);
});

test(ciba("", "both Clients reach the data; the other's key opens nothing"), async () => {
  for (const [party, other] of [
    [first(), second()],
    [second(), first()],
  ] as const) {
    const { tokens } = await flow({}, party);
    expect(decodeJwt(String(tokens["id_token"]))).toMatchObject({ iss: issuer, aud: party.clientId });
    const token = String(tokens["access_token"]);
    expect((await resource(token, { party })).status).toBe(200);
    expect((await resource(token, { party: other })).status).toBe(401);
  }
});
test(ciba("user-rejects-authentication", "access_denied at the next poll"), async () => {
  const auth_req_id = await started();
  await net().june.decline(await net().june.waiting());
  expect(await refusal(fetched(auth_req_id))).toBe("400 access_denied");
});
test(ciba("multiple-call-to-token-endpoint", "pending, then slow_down; an approval still works"), async () => {
  const auth_req_id = await started();
  const answers: string[] = [];
  for (let n = 0; n < 5; n++) answers.push(await refusal(fetched(auth_req_id)));
  expect(answers).toEqual(["400 authorization_pending", ...Array.from({ length: 4 }, () => "400 slow_down")]);
  await net().june.approve(await net().june.waiting());
  expect((await fetched(auth_req_id)).status).toBe(200);
});
test(ciba("auth-req-id-expired", "expired_token after the requested expiry"), async () => {
  const auth_req_id = await started({ requested_expiry: "30" });
  later(30);
  expect(await refusal(fetched(auth_req_id))).toBe("400 expired_token");
});
test(ciba("ensure-authorization-request-with-binding-message-succeeds", "and the person sees it"), async () => {
  const { screen } = await flow({ binding_message: "1234" });
  expect(screen.notice.bindingMessage).toBe("1234");
});
test(ciba("ensure-authorization-request-with-potentially-bad-binding-message", "refused by its name"), async () => {
  const binding_message = `1234 ${"\u00e4\u6f22\u{1f600} ".repeat(20)}`;
  expect(await refusal(ask({ binding_message }, first()))).toBe("400 invalid_binding_message");
});
test(ciba("ensure-other-scope-order-succeeds", "the order of scope values means nothing"), async () => {
  const scope = "immunization-history.read openid";
  const { tokens } = await flow({ scope, authorization_details: undefined });
  expect(tokens).toHaveProperty("id_token");
});
test(ciba("ensure-wrong-auth-req-id-in-token-endpoint-request", "another Client's, and none of ours"), async () => {
  const auth_req_id = await started();
  await net().june.approve(await net().june.waiting());
  expect(await refusal(fetched(auth_req_id, second()))).toBe("400 invalid_grant");
  expect(await refusal(fetched("areq_r1wrong"))).toBe("400 invalid_grant");
});

/** Both endpoints, with a request that would be good. */
const endpoints = {
  "backchannel-authorization-request": (more: Changes) => ask(more, first()),
  "token-endpoint-request": (more: Changes) => fetched("areq_r1x", first(), more),
} as const;
for (const [name, send] of Object.entries(endpoints) as [
  keyof typeof endpoints,
  (more: Changes) => Promise<Response>,
][]) {
  test(ciba(`ensure-wrong-client-id-in-${name}`, "another's id with one's own key"), async () => {
    const { clientId } = second();
    expect(await refusal(send({ client_id: clientId }))).toBe("401 invalid_client");
    const client_assertion = await first().assertion({ iss: clientId, sub: clientId });
    expect(await refusal(send({ client_assertion }))).toBe("401 invalid_client");
  });
  test(ciba(`ensure-without-client-assertion-in-${name}`, "an id authenticates nobody"), async () => {
    const none = { client_assertion: undefined, client_assertion_type: undefined, client_id: first().clientId };
    expect(await refusal(send(none))).toBe("401 invalid_client");
  });
  test(
    ciba(`ensure-client-assertion-signature-algorithm-in-${name}-is-RS256-fails`, "PS256, ES256, EdDSA"),
    async () => {
      const { privateKey } = await keyPair("RS256");
      const client_assertion = await first().assertion({}, { alg: "RS256" }, privateKey);
      expect(await refusal(send({ client_assertion }))).toBe("401 invalid_client");
    },
  );
}
test(
  ciba("ensure-client-assertion-with-iss-aud-to-token-endpoint-succeeds", "the issuer is the audience"),
  async () => {
    const auth_req_id = await started();
    const client_assertion = await first().assertion({ aud: issuer });
    expect(await refusal(fetched(auth_req_id, first(), { client_assertion }))).toBe("400 authorization_pending");
    await net().june.decline(await net().june.waiting());
  },
);
test(
  ciba("ensure-different-client-id-and-issuer-in-backchannel-authorization-request", "one request, one Client"),
  async () => {
    const time = Math.floor(Date.now() / 1000);
    const claims = {
      iss: first().clientId,
      aud: issuer,
      iat: time,
      nbf: time,
      exp: time + 60,
      jti: "a",
      scope: "openid",
    };
    const request = await new SignJWT(claims).setProtectedHeader({ alg: "ES256" }).sign(first().keys.privateKey);
    const alone = {
      scope: undefined,
      login_hint: undefined,
      binding_message: undefined,
      authorization_details: undefined,
    };
    expect(await refusal(ask({ ...alone, request, client_id: second().clientId }, first()))).toBe("401 invalid_client");
    expect(await refusal(ask({ ...alone, request }, second()))).toBe("400 invalid_request");
  },
);

test(ciba("refresh-token", "works, is the Client's alone, and needs a proof"), async () => {
  const { tokens } = await flow();
  const form = { grant_type: "refresh_token", refresh_token: String(tokens["refresh_token"]) };
  expect((await first().post("/token", form)).status).toBe(200);
  expect(await refusal(second().post("/token", form))).toBe("400 invalid_grant");
  expect(await refusal(first().post("/token", { ...form, client_assertion: undefined }))).toBe("401 invalid_client");
});
test(ciba("ensure-mtls-holder-of-key-required", "no token without a proof of a key"), async () => {
  const auth_req_id = await started();
  await net().june.approve(await net().june.waiting());
  const form = { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id };
  expect(await refusal(first().post("/token", form, { dpop: undefined }))).toBe("400 invalid_dpop_proof");
  expect((await poll(auth_req_id, first())).status).toBe(200);
});
