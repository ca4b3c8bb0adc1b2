import { type HandleKind, handleKind } from "../../core/handles.ts";
import { grantType } from "../../protocol/oauth.ts";
import { backchannel } from "./backchannel.ts";
import { issuer, type TestExchange, walletOrigin } from "./exchange.ts";
import { immunizations, link, type network } from "./network.ts";
import { answered, type Party } from "./parties.ts";
import { June } from "./person.ts";
import { askIn, type Browser, redirectDoor, redirecting } from "./redirect.ts";
import { selfRegistered } from "./self-registered.ts";
import { connecting, sourceDoor } from "./source.ts";
import { ID_TOKEN, presentedBy, registeredResource, ticketFor, UMA_TICKET } from "./ticket.ts";

type Network = Awaited<ReturnType<typeof network>>;

export const REQUEST_URI = "urn:ietf:params:oauth:request_uri:";

/** A Client of all three doors that manages its grants. */
export const allDoors = (net: Network): Promise<Party> =>
  net.client("All doors", {
    ...redirecting,
    scope: "grant_management_query",
    claims_redirect_uris: ["https://app.test/claims"],
    grant_types: [...redirecting.grant_types, "client_credentials", "urn:openid:params:grant-type:ciba", UMA_TICKET],
  });

/** One good handle of each kind, unspent, and what stands beside it where it is presented. */
export async function everyHandle(exchange: TestExchange, net: Network, app: Party) {
  const { june } = net;
  await answered(june.call("POST", "/wallet/devices", { platform: "FCM", token: "handset-1" }));
  const { asked } = backchannel(() => net);
  const door = redirectDoor(
    () => exchange,
    () => net,
    () => app,
  );

  // First, while nothing else waits for June.
  const { read, pct } = await shared(exchange, net, app);
  const areq = await asked(await june.code("app"), app);
  await june.approve(await june.waiting());
  await asked(await june.code("app"), app);
  const screen = await june.waiting();
  await exchange.settled();
  const note = exchange.pushes.at(-1)?.payload.fcmV1Message.message.data.id;

  const managed = await door.code({ grant_management_action: "create" });
  const tokens = await answered(door.redeem(managed, { resource: "https://registry.test" }));
  const introspected = await answered(net.provincial.post("/introspect", { token: String(tokens["access_token"]) }));
  const { party, token } = await (await selfRegistered(exchange, net)).registered();
  const { challenge } = await answered(june.call("POST", "/wallet/session/options"));

  const tab = door.browser();
  const continueAt = await door.answer(await door.arrive(tab));
  const first = door.browser();
  const location = await first.open(`${issuer}/authorize/elsewhere?ask=${askIn(await door.arrive(first))}`);
  const wait = location.slice(`${walletOrigin}/#/elsewhere/`.length);
  const elsewhere = await answered(exchange.fetch(`${walletOrigin}/wallet/elsewhere/${wait}`));

  const matching = await net.client("Matching", { fpx_number_match: true });
  const numbered = await answered(backchannel(() => net).ask({ login_hint: await june.code("app") }, matching));
  await exchange.settled();

  const source = await net.resourceServer("Connected", "https://connected.test", undefined, connecting);
  const ann = new June(exchange);
  await ann.createAccount("Ann");
  const connected = await sourceDoor(
    () => exchange,
    () => net,
    () => source,
  ).pat(ann);

  const handles: Readonly<Record<HandleKind, string>> = {
    [handleKind.authReqId]: areq,
    [handleKind.requestUri]: (await door.pushed()).slice(REQUEST_URI.length),
    [handleKind.browser]: tab.cookie.slice(tab.cookie.indexOf("=") + 1),
    [handleKind.ask]: askIn(await door.arrive(door.browser())),
    [handleKind.completion]: new URL(continueAt).searchParams.get("completion") ?? "",
    [handleKind.link]: String(elsewhere["link"]).slice(`${walletOrigin}/link#/asks/`.length),
    [handleKind.number]: String(numbered["verification_uri_complete"]).slice(`${walletOrigin}/link#/numbers/`.length),
    [handleKind.waiting]: wait,
    [handleKind.code]: await door.code(),
    [handleKind.ticket]: await read(),
    [handleKind.gathering]: await gathering(door.browser(), app, await read()),
    [handleKind.persistedClaims]: pct,
    [handleKind.refreshToken]: String(tokens["refresh_token"]),
    [handleKind.patRefreshToken]: connected.refresh_token,
    [handleKind.grant]: String(tokens["grant_id"]),
    [handleKind.registrationAccessToken]: token,
    [handleKind.consent]: String(introspected["consent"]),
    [handleKind.recovery]: await recovering(exchange),
    [handleKind.notification]: String(note),
    [handleKind.loginChallenge]: String(challenge),
    [handleKind.screenNonce]: screen.nonce,
  };
  return {
    handles,
    tab,
    screen,
    read,
    source,
    registered: party.clientId,
    managing: await app.token("grant_management_query"),
  };
}

/** What a browser keeps of somebody who lost their passkeys and showed their code. */
async function recovering(exchange: TestExchange): Promise<string> {
  const rita = new June(exchange);
  await rita.createAccount("Rita");
  const { code } = await answered(
    rita.call("POST", "/wallet/me/recovery-code", await rita.confirmation("recovery_code")),
  );
  return String((await answered(rita.call("POST", "/wallet/recovery", { code })))["recovery"]);
}

/** A chart of an owner's own, which Bob may read: a new ticket for it, and what says that it is Bob. */
async function shared(exchange: TestExchange, net: Network, app: Party) {
  const bob = new June(exchange);
  await bob.createAccount("Bob");
  await link(net.lakeside, await bob.code("source"));
  const { asked } = backchannel(() => net);
  const auth_req_id = await asked(await bob.code("app"), app);
  await bob.approve(await bob.waiting());
  const { id_token } = await answered(app.post("/token", { grant_type: grantType.ciba, auth_req_id }));

  const olga = new June(exchange);
  await olga.createAccount("Olga");
  const owner = await link(net.lakeside, await olga.code("source"));
  const chart = { type: immunizations, resource_scopes: ["read"], name: "Chart 7" };
  const resource_id = await registeredResource(net.lakeside, owner, chart);
  const read = () => ticketFor(net.lakeside, { resource_id, resource_scopes: ["read"] });
  const claims = { claim_token: String(id_token), claim_token_format: ID_TOKEN };
  const { ticket = "" } = await presentedBy(app, await read(), claims);
  await olga.approve(await olga.waiting());
  const { pct } = await presentedBy(app, ticket);
  return { read, pct: String(pct) };
}

/** What the Wallet opens with for somebody an app sends to say who they are. */
async function gathering(at: Browser, app: Party, ticket: string): Promise<string> {
  const location = await at.open(`${issuer}/claims?${new URLSearchParams({ client_id: app.clientId, ticket })}`);
  return location.slice(`${walletOrigin}/#/claims/`.length);
}
