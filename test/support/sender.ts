import { CLIENT_ASSERTION_JWT } from "../../protocol/oauth.ts";
import { type Certified, issued, jwkOf, selfSigned } from "./certificates.ts";
import { mtlsOrigin, type TestExchange } from "./exchange.ts";
import { postByTls } from "./mutual-tls.ts";
import { jwks, type registry } from "./network.ts";
import { keyPair, Party } from "./parties.ts";

export const methods = [
  "private_key_jwt",
  "tls_client_auth",
  "self_signed_tls_client_auth",
  "client_secret_basic",
] as const;
export type Method = (typeof methods)[number];

/** What a token request shows to hold beside its Client's authentication. */
export type Held = "nothing" | "key" | "certificate";

/** A registered party that authenticates by one method, and sends everything to the mTLS host. */
export interface Sender {
  readonly party: Party;
  readonly certificate: Certified;
  readonly secret: string;
  send(path: string, form: Record<string, string>, held?: Held): Promise<Response>;
}

/** Registers a Client, or a Resource Server, for a method. */
export async function sender(
  exchange: TestExchange,
  { add }: Pick<Awaited<ReturnType<typeof registry>>, "add">,
  ca: Certified,
  method: Method,
  metadata: object,
  kind: "clients" | "resource-servers" = "clients",
): Promise<Sender> {
  const keys = await keyPair();
  const name = `${crypto.randomUUID()}.example`;
  const certificate = method === "tls_client_auth" ? await issued(ca, `CN=${name}`) : await selfSigned(`CN=${name}`);
  const authentication: Record<Method, object> = {
    private_key_jwt: { jwks: await jwks(keys, "sig") },
    tls_client_auth: { tls_client_auth_subject_dn: `CN=${name}` },
    self_signed_tls_client_auth: { jwks: { keys: [await jwkOf(certificate)] } },
    client_secret_basic: {},
  };
  const registration = { client_name: "Sender", token_endpoint_auth_method: method, ...authentication[method] };
  const { client_id, client_secret } = await add(kind, { ...registration, ...metadata });
  const party = new Party(exchange, String(client_id), keys, await keyPair());
  const byCertificate = method.endsWith("tls_client_auth");
  return {
    party,
    certificate,
    secret: String(client_secret),
    async send(path, form, held = "nothing") {
      const assertion = { client_assertion_type: CLIENT_ASSERTION_JWT, client_assertion: await party.assertion() };
      const basic = { authorization: `Basic ${btoa(`${party.clientId}:${client_secret}`)}` };
      const shown = method === "private_key_jwt" ? assertion : byCertificate ? { client_id: party.clientId } : {};
      const dpop = held === "key" ? { dpop: await party.proof("POST", mtlsOrigin + path) } : {};
      return postByTls(
        exchange,
        path,
        { ...form, ...(shown as Record<string, string>) },
        {
          certificate: byCertificate || held === "certificate" ? certificate : undefined,
          headers: { ...dpop, ...(method === "client_secret_basic" && basic) },
        },
      );
    },
  };
}
