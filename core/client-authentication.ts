import { CLIENT_ASSERTION_JWT } from "../protocol/oauth.ts";
import { isValidAt } from "./certificate.ts";
import { byItself, byName, type CertificateCheck } from "./certificate-authentication.ts";
import { invalidClient, subjectOfAssertion, verifyAssertion } from "./client-assertion.ts";
import { basicCredentials, isClientSecret } from "./client-secret.ts";
import type { FormRequest } from "./endpoints/request.ts";
import { type Exchange, now } from "./exchange.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Party } from "./party.ts";
import { partyOf } from "./registry.ts";

type Authenticating = Pick<
  Exchange,
  "issuer" | "registry" | "records" | "egress" | "operatorKey" | "guards" | "x509" | "nowMs"
>;
type Method = (as: Authenticating, party: Party, request: FormRequest) => Promise<void>;

/** What a request shows: of one kind, for one `client_id`. */
interface Credentials {
  readonly clientId: string;
  readonly kind: "assertion" | "secret" | "certificate";
}

/** A party authenticates in the one way it is registered for, whatever else it could show (N-11). */
const methods: Readonly<
  Record<Party["token_endpoint_auth_method"], { readonly kind: Credentials["kind"]; readonly verify: Method }>
> = {
  private_key_jwt: {
    kind: "assertion",
    verify: (as, party, { parameters }) => verifyAssertion(as, party, parameters.get("client_assertion") ?? ""),
  },
  tls_client_auth: { kind: "certificate", verify: byCertificate(byName) },
  self_signed_tls_client_auth: { kind: "certificate", verify: byCertificate(byItself) },
  client_secret_basic: { kind: "secret", verify: bySecret },
};

/**
 * Who calls a form endpoint, and that they are active.
 * @throws OAuthError invalid_client, for whatever reason
 */
export async function authenticateClient(as: Authenticating, request: FormRequest): Promise<Party> {
  try {
    const { clientId, kind } = credentials(request);
    const party = await partyOf(as, clientId);
    if (party === undefined) throw invalidClient("unknown client");
    if (party.status !== "active") throw invalidClient(`client ${party.client_id} is ${party.status}`);
    const method = methods[party.token_endpoint_auth_method];
    if (method.kind !== kind)
      throw invalidClient(`${party.client_id} came with a ${kind}, not ${party.token_endpoint_auth_method}`);
    await method.verify(as, party, request);
    return party;
  } catch (error) {
    throw request.authorization === undefined ? error : challenged(error);
  }
}

/** RFC 6749 §2.3: one method a request. A certificate of the connection is one only where nothing else is shown: beside an assertion it binds tokens. */
function credentials({ parameters, authorization }: FormRequest): Credentials {
  const assertion = parameters.get("client_assertion");
  const typed = parameters.get("client_assertion_type");
  const named = parameters.get("client_id");
  if (parameters.has("client_secret")) throw invalidClient("a secret in the form");
  if (authorization !== undefined) {
    const basic = basicCredentials(authorization);
    if (basic === undefined) throw invalidClient("no Basic credentials (RFC 6749 §2.3.1)");
    if (assertion !== undefined || typed !== undefined) throw invalidClient("a second authentication method");
    return { clientId: only(basic.id, named), kind: "secret" };
  }
  if (assertion === undefined && typed === undefined && named !== undefined)
    return { clientId: named, kind: "certificate" };
  if (assertion === undefined || typed !== CLIENT_ASSERTION_JWT) throw invalidClient("no client assertion");
  return { clientId: only(subjectOfAssertion(assertion), named), kind: "assertion" };
}

function only(clientId: string, named: string | undefined): string {
  if (named !== undefined && named !== clientId) throw invalidClient("client_id differs from the credentials");
  return clientId;
}

function byCertificate(check: CertificateCheck): Method {
  return async (as, party, request) => {
    const certificate = as.x509.read(request.certificate);
    if (certificate === undefined) throw invalidClient("no client certificate");
    if (!isValidAt(certificate, now(as))) throw invalidClient("the certificate is not valid now");
    const why = await check(as, party, certificate);
    if (why !== undefined) throw invalidClient(`${party.client_id}: ${why}`);
  };
}

async function bySecret(_: Authenticating, party: Party, { authorization }: FormRequest): Promise<void> {
  const secret = basicCredentials(authorization)?.secret ?? "";
  if (!(await isClientSecret(secret, party.clientSecretHash)))
    throw invalidClient(`${party.client_id}: another secret`);
}

/** RFC 6749 §5.2: whoever used the header is told its scheme. */
function challenged(error: unknown): unknown {
  if (!(error instanceof OAuthError)) return error;
  return new OAuthError(error.code, error.message, { headers: { "www-authenticate": "Basic" } });
}
