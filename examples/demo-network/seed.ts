import { join } from "node:path";
import type { JWK } from "jose";
import type { Operator } from "../../sdk/operator/operator.ts";
import { RefusedRequest } from "../../sdk/refused-request.ts";
import { register } from "../../sdk/registration.ts";
import { newJwkPair, publicHalf } from "../../sdk/signing-key.ts";
import { calendar, definitions, everything, purposes } from "./definitions.ts";
import { kept } from "./kept.ts";

const DAY = 86_400;

/** A registered party of the demo network, with its private keys. */
export interface Registered {
  readonly client_id: string;
  readonly client_name: string;
  /** Where it runs; for a Resource Server also its `resource`. */
  readonly origin: string;
  readonly key: JWK;
  readonly decryptionKey?: JWK;
}

/** Everything the demo network needs to exist at the exchange; what is there already stays as it is. */
export async function seedRegistry(operator: Operator): Promise<{ initialAccessToken: string }> {
  for (const definition of definitions) await operator.add("definitions", definition).catch(unlessThere);
  for (const purpose of purposes) await operator.add("purposes", purpose).catch(unlessThere);
  const { entry } = await operator.add("initial-access-tokens", {
    capabilities: [...everything],
    resource_server: true,
    untyped_resources: true,
    expires_at: Math.floor(Date.now() / 1_000) + 30 * DAY,
  });
  return { initialAccessToken: entry.initial_access_token };
}

export interface PartyWish {
  readonly kind: "clients" | "resource-servers";
  readonly client_name: string;
  readonly origin: string;
  /** A Resource Server whose access tokens are encrypted to it. */
  readonly encrypts?: true;
}

/** What a party keeps: its keys from the first moment on, its `client_id` as soon as it has one. */
type KeptParty = Omit<Registered, "client_id" | "client_name"> & { readonly client_id?: string };

/**
 * One party with keys and client_id kept in `folder/<file>`. It registers itself: at the first start, and again when the
 * exchange no longer knows it or it moved to another port.
 */
export async function seedParty(
  operator: Operator,
  issuer: string,
  folder: string,
  file: string,
  { kind, client_name, origin, encrypts }: PartyWish,
): Promise<Registered> {
  const remembered = await kept<KeptParty | null>(join(folder, file), null);
  const before = remembered.value;
  const key = before?.key ?? (await newJwkPair("sig")).privateKey;
  const decryptionKey = encrypts && (before?.decryptionKey ?? (await newJwkPair("enc")).privateKey);
  const party = { client_name, origin, key, ...(decryptionKey !== undefined && { decryptionKey }) };

  const client_id = before?.origin === origin ? before.client_id : undefined;
  if (client_id !== undefined && (await isRegistered(operator, kind, client_id))) return { ...party, client_id };
  remembered.value = { origin, key, ...(decryptionKey !== undefined && { decryptionKey }) };
  await remembered.save();
  const registered = { ...party, client_id: await registeredAs(operator, issuer, kind, party) };
  remembered.value = registered;
  await remembered.save();
  return registered;
}

async function registeredAs(
  operator: Operator,
  issuer: string,
  kind: PartyWish["kind"],
  { client_name, origin, key, decryptionKey }: Omit<Registered, "client_id">,
): Promise<string> {
  const known = (await operator.list(kind)).find(
    ({ client_uri, jwks }) => client_uri === origin && jwks?.keys.some(({ kid }) => kid === key.kid),
  );
  if (known !== undefined) return known.client_id;
  const keys = [key, ...(decryptionKey === undefined ? [] : [decryptionKey])].map(publicHalf) as { kty: "EC" }[];
  const shared = {
    client_name,
    client_uri: origin,
    jwks: { keys },
    security_event_endpoint: `${origin}/events`,
  };
  const { entry: admission } = await operator.add("initial-access-tokens", {
    capabilities: kind === "clients" ? [calendar] : [],
    resource_server: kind === "resource-servers",
    expires_at: Math.floor(Date.now() / 1_000) + 300,
  });
  const client = {
    ...shared,
    grant_types: [
      "authorization_code" as const,
      "urn:openid:params:grant-type:ciba" as const,
      "urn:ietf:params:oauth:grant-type:uma-ticket" as const,
      "refresh_token" as const,
    ],
    redirect_uris: [`${origin}/back`],
    claims_redirect_uris: [`${origin}/shared/back`],
  };
  const resourceServer = {
    ...shared,
    scope: "uma_protection" as const,
    resource: origin,
    grant_types: ["client_credentials" as const, "authorization_code" as const, "refresh_token" as const],
    redirect_uris: [`${origin}/back`],
    initiate_login_uri: `${origin}/connect`,
    authorization_details_types: [calendar.type],
  };
  const registration = kind === "clients" ? client : resourceServer;
  return (await register(issuer, admission.initial_access_token, registration)).client_id;
}

/** An operator may have given it other words: theirs stay. */
function unlessThere(failure: unknown): void {
  if (!(failure instanceof RefusedRequest) || failure.code !== "conflict") throw failure;
}

async function isRegistered(operator: Operator, kind: PartyWish["kind"], client_id: string): Promise<boolean> {
  try {
    await operator.show(kind, client_id);
    return true;
  } catch (failure) {
    if (failure instanceof RefusedRequest && failure.status === 404) return false;
    throw failure;
  }
}
