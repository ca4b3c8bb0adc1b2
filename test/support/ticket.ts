import type { TestExchange } from "./exchange.ts";
import { answered, type Party } from "./parties.ts";
import type { June } from "./person.ts";

export const UMA_TICKET = "urn:ietf:params:oauth:grant-type:uma-ticket";
export const ID_TOKEN = "http://openid.net/specs/openid-connect-core-1_0.html#IDToken";

/** A source's resource of one owner, registered now. */
export async function registeredResource(
  source: Party,
  owner: string,
  description: Record<string, unknown>,
): Promise<string> {
  const token = await source.token("uma_protection");
  const body = { resource_owner: owner, ...description };
  return String((await answered(source.call("POST", "/rreg", token, body)))["_id"]);
}

/** UMA FedAuthz §4: what a source gets for a Client that came without a token. */
export async function ticketFor(source: Party, permissions: unknown): Promise<string> {
  const token = await source.token("uma_protection");
  return String((await answered(source.call("POST", "/permission", token, permissions)))["ticket"]);
}

/** UMA Grant §3.3.1, answered whatever the answer is. */
export async function presentedBy(
  client: Party,
  ticket: string,
  more: Record<string, string> = {},
): Promise<Record<string, unknown> & { status: number; ticket?: string; error?: string }> {
  const response = await client.post("/token", { grant_type: UMA_TICKET, ticket, ...more });
  return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
}

/** An ID token of this person for this Client, by the back-channel door. */
export async function idTokenOf(exchange: TestExchange, person: June, client: Party): Promise<string> {
  const request = {
    scope: "openid immunization-history.read",
    login_hint: await person.code("app"),
    binding_message: "Signing in",
  };
  const { auth_req_id } = await answered(client.post("/bc-authorize", request));
  await person.approve(await person.waiting());
  await exchange.settled();
  const grant = { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id: String(auth_req_id) };
  return String((await answered(client.post("/token", grant)))["id_token"]);
}

/** The parameters that push it (UMA Grant §3.3.1). */
export const claimed = (claim_token: string) => ({ claim_token, claim_token_format: ID_TOKEN });
