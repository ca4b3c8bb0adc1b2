import { type Answer, answerOf, type Json, Party } from "./party.ts";
import { Person } from "./person.ts";

/** As `npm start` writes it into `.fpx/local.json`. */
export interface Local {
  readonly issuer: string;
  readonly wallet: string;
  readonly initialAccessToken: string;
}

const DOCUMENT = "https://fpx.example/definitions/document";
export const TICKET_GRANT = "urn:ietf:params:oauth:grant-type:uma-ticket";
const ID_TOKEN = "http://openid.net/specs/openid-connect-core-1_0.html#IDToken";

/** Endpoints by the names the metadata has for them. */
export type Endpoints = Readonly<Record<string, string>>;

export interface World {
  readonly issuer: string;
  readonly at: Endpoints;
  readonly source: Party;
  readonly app: Party;
  readonly otherApp: Party;
  readonly claimsUri: string;
  readonly june: Person;
  readonly bob: Person;
  /** June, by her name at the source. */
  readonly owner: string;
  readonly letter: string;
  readonly photo: string;
  readonly pat: string;
}

/** Everybody who takes part, from nothing but the issuer: two apps, a source, June with two documents there, and Bob. */
export async function world({ issuer, wallet, initialAccessToken }: Local): Promise<World> {
  const { json } = await answerOf(await fetch(`${issuer}/.well-known/uma2-configuration`));
  const at = json as Endpoints;
  const claimsUri = "http://localhost:4990/claims?tenant=1";
  const register = (metadata: Json) =>
    Party.registered(issuer, at["registration_endpoint"] ?? "", initialAccessToken, metadata);
  const asking = {
    grant_types: [TICKET_GRANT, "urn:openid:params:grant-type:ciba", "refresh_token"],
    claims_redirect_uris: [claimsUri],
  };
  const source = await register({
    client_name: "Town archive",
    scope: "uma_protection",
    resource: `http://localhost:49${Math.floor(10 + Math.random() * 89)}`,
    grant_types: ["client_credentials"],
  });
  const app = await register({ client_name: "Family papers", ...asking });
  const otherApp = await register({ client_name: "Curious", ...asking });
  const [june, bob] = [new Person("June Smith", issuer, wallet), new Person("Bob", issuer, wallet)];
  await Promise.all([june.createAccount(), bob.createAccount()]);

  const pat = await protectionToken({ source, at });
  const registered = async (resource_owner: string, name: string) =>
    (
      await source.call("POST", at["resource_registration_endpoint"] ?? "", pat, {
        resource_owner,
        type: DOCUMENT,
        resource_scopes: ["view", "print"],
        name,
      })
    ).json;
  const letter = await registered(await june.code("source"), "A letter");
  const owner = String(letter["resource_owner"]);
  const photo = await registered(owner, "A photo");
  const ids = { letter: String(letter["_id"]), photo: String(photo["_id"]) };
  return { issuer, at, source, app, otherApp, claimsUri, june, bob, owner, pat, ...ids };
}

export async function protectionToken({ source, at }: Pick<World, "source" | "at">): Promise<string> {
  const form = { grant_type: "client_credentials", scope: "uma_protection" };
  return String((await source.post(at["token_endpoint"] ?? "", form)).json["access_token"]);
}

/** UMA FedAuthz §4: what the source gets for an app that came without a token. */
export async function ticketFor({ source, at, pat }: World, id: string, ...scopes: readonly string[]): Promise<string> {
  const body = { resource_id: id, resource_scopes: scopes };
  return String((await source.call("POST", at["permission_endpoint"] ?? "", pat, body)).json["ticket"]);
}

/** UMA Grant §3.3.1. */
export function present(
  { app, at }: World,
  ticket: unknown,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return app.post(at["token_endpoint"] ?? "", { grant_type: TICKET_GRANT, ticket: String(ticket), ...more });
}

export const claimed = (claim_token: string) => ({ claim_token, claim_token_format: ID_TOKEN });

/** UMA FedAuthz §5: what the source learns of a token, by its PAT. */
export async function introspected({ source, at, pat }: World, token: unknown): Promise<Json> {
  const form = new URLSearchParams({ token: String(token) });
  return (await source.call("POST", at["introspection_endpoint"] ?? "", pat, form)).json;
}

/** Bob signs in to the app, on his own phone: the ID token is the app's to push (UMA Grant §5.7). */
export async function idTokenOfBob({ app, at, bob }: World): Promise<string> {
  const question = { scope: "openid", login_hint: await bob.code("app"), binding_message: "Signing in" };
  const { json } = await app.post(at["backchannel_authentication_endpoint"] ?? "", question);
  await bob.approve(await bob.waiting());
  const grant = { grant_type: "urn:openid:params:grant-type:ciba", auth_req_id: String(json["auth_req_id"]) };
  return String((await app.post(at["token_endpoint"] ?? "", grant)).json["id_token"]);
}

/** Bob's browser, from the app to his Wallet and back. */
export async function throughClaims(
  { app, claimsUri, bob }: World,
  redirect_user: string,
  ticket: string,
): Promise<URL> {
  const state = crypto.randomUUID();
  const url = new URL(redirect_user);
  const parameters = { client_id: app.clientId, ticket, claims_redirect_uri: claimsUri, state };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const away = await fetch(url, { redirect: "manual" });
  const cookie = away.headers.get("set-cookie")?.split(";")[0] ?? "";
  const continueAt = await bob.tellsWhoTheyAre(away.headers.get("location")?.split("#/claims/")[1] ?? "");
  const back = new URL(
    (await fetch(continueAt, { redirect: "manual", headers: { cookie } })).headers.get("location") ?? "",
  );
  if (back.searchParams.get("state") !== state) throw new Error("another state came back");
  return back;
}
