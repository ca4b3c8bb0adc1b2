import { exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";
import { grantType } from "../../protocol/oauth.ts";
import { CALLBACK, ISSUER, type Peer, SCOPE, SOURCE, type Start } from "../peers.ts";

const jwt = {
  scope: "uma_protection",
  audience: SOURCE,
  accessTokenFormat: "jwt",
  accessTokenTTL: 300,
  jwt: { sign: { alg: "ES256" } },
};

/** oidc-provider as its documentation sets it up, on its in-memory adapter: what we verify, it verifies. */
export async function oidcProvider({ client, resourceServer }: Start) {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const authenticated = {
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    id_token_signed_response_alg: "ES256",
  };
  const provider = new Provider(ISSUER, {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: "ES256", use: "sig", kid: "token" }] },
    clients: [
      {
        ...authenticated,
        client_id: "client",
        grant_types: ["authorization_code", grantType.ciba],
        redirect_uris: [CALLBACK],
        response_types: ["code"],
        scope: `openid ${SCOPE}`,
        jwks: { keys: [client] },
        backchannel_token_delivery_mode: "poll",
      },
      {
        ...authenticated,
        client_id: "source",
        grant_types: ["client_credentials"],
        redirect_uris: [],
        response_types: [],
        scope: "uma_protection",
        jwks: { keys: [resourceServer] },
      },
    ],
    scopes: ["openid", SCOPE, "uma_protection"],
    clientAuthMethods: ["private_key_jwt"],
    routes: {
      token: "/token",
      introspection: "/introspect",
      pushed_authorization_request: "/par",
      backchannel_authentication: "/bc-authorize",
    },
    findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      dPoP: { enabled: true },
      resourceIndicators: { enabled: true, getResourceServerInfo: () => jwt, useGrantedResource: () => true },
      ciba: {
        enabled: true,
        deliveryModes: ["poll"],
        processLoginHint: (_: unknown, hint: string) => hint,
        validateRequestContext: () => {},
        validateBindingMessage: () => {},
        verifyUserCode: () => {},
        triggerAuthenticationDevice: () => {},
      },
    },
  });
  const peer: Omit<Peer, "port"> = { clientId: "client", resourceServerId: "source", resource: SOURCE };
  return { listener: provider.callback(), peer };
}
