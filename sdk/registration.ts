import type { InferInput } from "valibot";
import type { ClientMetadata, ResourceServerMetadata } from "../protocol/registry.ts";
import { RefusedRequest } from "./refused-request.ts";

/** Client or Resource Server metadata as RFC 7591 §2 names it; a Resource Server says `scope: "uma_protection"` and `resource`. */
export type Registration = InferInput<typeof ClientMetadata> | InferInput<typeof ResourceServerMetadata>;

/** What only the exchange decides. */
export interface Registered {
  readonly client_id: string;
  readonly registration_access_token: string;
  readonly registration_client_uri: string;
}

/**
 * Registers a Client or a Resource Server; what it may do is what the initial access token carries.
 *
 * @returns the registration as the exchange keeps it, with its `client_id`, and where and with which token it is read, changed and ended (RFC 7592).
 * @throws {RefusedRequest} `invalid_client_metadata`, `invalid_software_statement`, `unapproved_software_statement`, `invalid_token`
 * @see RFC 7591 §3
 */
export async function register(
  issuer: string,
  initialAccessToken: string,
  registration: Registration,
): Promise<Registration & Registered> {
  const response = await fetch(`${issuer}/register`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${initialAccessToken}` },
    body: JSON.stringify(registration),
    redirect: "error",
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status !== 201) throw await RefusedRequest.of(response);
  return response.json();
}
