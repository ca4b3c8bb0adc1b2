import type { JWK } from "jose";
import { issuer, type TestExchange } from "./exchange.ts";
import { immunizations, type registry } from "./network.ts";
import { answered, type KeyPair, keyPair, Party } from "./parties.ts";

/** Parties that register themselves, with an initial access token that lets them read immunizations or be a source. */
export async function selfRegistered(exchange: TestExchange, { add }: Awaited<ReturnType<typeof registry>>) {
  const capabilities = [{ type: immunizations, actions: ["read"], purpose: "immunization-calendar" }];
  const expires_at = Math.floor(Date.now() / 1000) + 30 * 86_400;
  const grant = { capabilities, resource_server: true, expires_at };
  const initial = String((await add("initial-access-tokens", grant))["initial_access_token"]);

  const jwks = async (keys: KeyPair): Promise<{ keys: JWK[] }> => ({
    keys: [{ ...(await new Party(exchange, "", keys, keys).jwk()), kid: "a" }],
  });
  const send = (method: string, path: string, token: string, body?: unknown) =>
    exchange.fetch(`${issuer}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const register = (body: unknown) => send("POST", "/register", initial, body);

  async function registered(metadata: object = {}) {
    const keys = await keyPair();
    const answer = await answered(register({ client_name: "Reader", jwks: await jwks(keys), ...metadata }));
    const { client_id, registration_access_token, registration_client_uri, ...rest } = answer as Record<string, string>;
    return {
      party: new Party(exchange, String(client_id), keys, await keyPair()),
      path: `/register/${client_id}`,
      uri: registration_client_uri,
      token: String(registration_access_token),
      metadata: rest as Record<string, unknown>,
    };
  }
  return { initial, jwks, send, register, registered };
}
