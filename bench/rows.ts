import { grantType } from "../protocol/oauth.ts";
import type { Prepared } from "./load.ts";
import { CALLBACK, type Peer, SCOPE, SOURCE } from "./peers.ts";
import { form, type Signer } from "./signing.ts";

export interface Signers {
  readonly client: Signer;
  readonly resourceServer: Signer;
  readonly proofs: Signer;
}

export type Send = (request: Prepared) => Promise<string>;

export interface Row {
  readonly name: string;
  /** At least this many times oidc-provider's rate, on the memory store. */
  readonly reach: number;
  /** How one request is made, once a server is there. */
  prepare(peer: Peer, signers: Signers, send: Send): Promise<() => Promise<Prepared>>;
}

/** RFC 7636 Appendix B. */
const code_challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const credentials = (name: string, bound: boolean): Row => ({
  name,
  reach: 1,
  prepare: async (peer, { resourceServer, proofs }) => {
    const parameters = {
      grant_type: grantType.client_credentials,
      scope: "uma_protection",
      ...(peer.resource !== undefined && { resource: peer.resource }),
    };
    return () => form("/token", peer.resourceServerId, resourceServer, parameters, bound ? proofs : undefined);
  },
});

export const rows: readonly Row[] = [
  credentials("token by client_credentials, private_key_jwt, ES256 JWT", false),
  credentials("the same with DPoP", true),
  {
    name: "introspection",
    // oidc-provider looks up an opaque token; the exchange opens a JWT and reads everything it hangs on.
    reach: 0.5,
    prepare: async (peer, signers, send) => {
      const token = await tokenToAskAbout(peer, signers, send);
      return () => form("/introspect", peer.resourceServerId, signers.resourceServer, { token });
    },
  },
  {
    name: "pushed authorization request",
    reach: 1,
    prepare: async (peer, { client }) => {
      const parameters = {
        response_type: "code",
        client_id: peer.clientId,
        redirect_uri: CALLBACK,
        scope: `openid ${SCOPE}`,
        code_challenge,
        code_challenge_method: "S256",
      };
      return () => form("/par", peer.clientId, client, { ...parameters, state: crypto.randomUUID() });
    },
  },
  {
    name: "CIBA authentication request",
    reach: 1,
    prepare: async (peer, { client }) => {
      const parameters = { scope: `openid ${SCOPE}`, binding_message: "K7Q 2M9" };
      // Of somebody else each time: the exchange limits how often one person is asked for.
      return () => form("/bc-authorize", peer.clientId, client, { ...parameters, login_hint: crypto.randomUUID() });
    },
  },
];

async function tokenToAskAbout(peer: Peer, signers: Signers, send: Send): Promise<string> {
  const { client, resourceServer, proofs } = signers;
  const request =
    peer.refreshToken === undefined
      ? form("/token", peer.resourceServerId, resourceServer, { grant_type: grantType.client_credentials })
      : form(
          "/token",
          peer.clientId,
          client,
          { grant_type: grantType.refresh_token, refresh_token: peer.refreshToken, resource: SOURCE },
          proofs,
        );
  return JSON.parse(await send(await request)).access_token;
}
