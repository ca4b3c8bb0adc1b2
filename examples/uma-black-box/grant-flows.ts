import { deepEqual, equal, match, notEqual, partialDeepStrictEqual } from "node:assert/strict";
import type { Json } from "./party.ts";
import { claimed, idTokenOfBob, introspected, present, throughClaims, ticketFor, type World } from "./world.ts";

/** What one flow leaves to the next. */
interface Held {
  rpt?: unknown;
  refresh?: unknown;
  pct?: string;
  ticket?: string;
}

const error = (status: number, code: string) => ({ status, json: { error: code } });
const permissions = ({ permissions }: Json) =>
  (permissions as Json[]).map(({ resource_id, resource_scopes }) => ({ resource_id, resource_scopes }));

/** UMA 2.0 Grant for OAuth 2.0, from the Client's side; in this order. */
export const grantFlows: Readonly<Record<string, (world: World, held: Held) => Promise<void>>> = {
  "Grant §3.3.6 need_info: a new ticket, and how to say who the requesting party is": async (world, held) => {
    const first = await ticketFor(world, world.letter, "view");
    const { status, json } = await present(world, first);
    partialDeepStrictEqual({ status, json }, error(403, "need_info"));
    equal(json["redirect_user"], world.at["claims_interaction_endpoint"]);
    match(JSON.stringify(json["required_claims"]), /IDToken/);
    notEqual(json["ticket"], first);
    held.ticket = String(json["ticket"]);
  },

  "Grant §3.3.2, §3.3.3, §5.1 claims interaction: Bob, his state, a new ticket": async (world, held) => {
    const before = held.ticket ?? "";
    const back = await throughClaims(world, world.at["claims_interaction_endpoint"] ?? "", before);
    equal(back.searchParams.get("tenant"), "1");
    held.ticket = back.searchParams.get("ticket") ?? "";
    notEqual(held.ticket, before);
    partialDeepStrictEqual(await present(world, before), error(400, "invalid_grant"));
  },

  "Grant §3.3.6 request_submitted: June is asked, and the app polls by interval": async (world, held) => {
    const asked = await present(world, held.ticket);
    partialDeepStrictEqual(asked, error(403, "request_submitted"));
    match(String(asked.json["interval"]), /^\d+$/);
    const polled = await present(world, asked.json["ticket"]);
    partialDeepStrictEqual(polled, error(403, "request_submitted"));
    held.ticket = String(polled.json["ticket"]);
  },

  "Grant §3.3.5 June approves in her Wallet, and sees that it is for Bob: RPT, refresh token, PCT": async (
    world,
    held,
  ) => {
    const screen = await world.june.waiting();
    equal(screen.notice.requestingParty?.name, "Bob");
    await world.june.approve(screen);
    const granted = await present(world, held.ticket);
    partialDeepStrictEqual(granted, { status: 200, json: { token_type: "DPoP" } });
    equal("scope" in granted.json, false);
    Object.assign(held, {
      rpt: granted.json["access_token"],
      refresh: granted.json["refresh_token"],
      pct: String(granted.json["pct"]),
    });
  },

  "FedAuthz §5.1.1 introspection by PAT: exactly these permissions, and no scope": async (world, { rpt }) => {
    const answer = await introspected(world, rpt);
    equal(answer["active"], true);
    equal("scope" in answer, false);
    deepEqual(permissions(answer), [{ resource_id: world.letter, resource_scopes: ["view"] }]);
  },

  "Grant §3.3.1 the PCT stands for Bob: what June allowed is granted at once": async (world, { pct = "" }) => {
    const again = await present(world, await ticketFor(world, world.letter, "view"), { pct });
    equal(again.status, 200);
  },

  "Grant §3.3.1, §5.7 Bob's ID token as claim_token; June declines: request_denied": async (world) => {
    const claims = claimed(await idTokenOfBob(world));
    const asked = await present(world, await ticketFor(world, world.photo, "print"), claims);
    partialDeepStrictEqual(asked, error(403, "request_submitted"));
    await world.june.decline(await world.june.waiting());
    partialDeepStrictEqual(await present(world, asked.json["ticket"]), error(403, "request_denied"));
  },

  "Grant §3.3.4 scope: what fits is added, what fits nothing is invalid_scope": async (world, { pct = "" }) => {
    const ticket = await ticketFor(world, world.letter, "view");
    partialDeepStrictEqual(await present(world, ticket, { pct, scope: "burn" }), error(400, "invalid_scope"));
  },

  "Grant §3.3.5.1 upgrade: June allows more, the new RPT carries both, the old one is revoked": async (world, held) => {
    const { rpt, pct = "" } = held;
    const more = { pct, rpt: String(rpt) };
    const asked = await present(world, await ticketFor(world, world.photo, "view"), more);
    partialDeepStrictEqual(asked, error(403, "request_submitted"));
    await world.june.approve(await world.june.waiting());
    const { json } = await present(world, asked.json["ticket"], more);
    equal(json["upgraded"], true);
    equal((await introspected(world, rpt))["active"], false);
    const both = [world.letter, world.photo].map((resource_id) => ({ resource_id, resource_scopes: ["view"] }));
    const byId = (a: { resource_id: unknown }, b: { resource_id: unknown }) =>
      String(a.resource_id) < String(b.resource_id) ? -1 : 1;
    deepEqual(permissions(await introspected(world, json["access_token"])).sort(byId), both.sort(byId));
    Object.assign(held, { rpt: json["access_token"], refresh: json["refresh_token"] });
  },

  "Grant §3.6 refresh: a new RPT of the same permissions, nobody is asked": async (world, { refresh }) => {
    const form = { grant_type: "refresh_token", refresh_token: String(refresh) };
    const { json } = await world.app.post(world.at["token_endpoint"] ?? "", form);
    equal((await introspected(world, json["access_token"]))["active"], true);
  },

  "Grant §5.2 another app gets nothing by this app's ticket or PCT": async (world, { pct = "" }) => {
    const curious = { ...world, app: world.otherApp };
    const ours = await present(world, await ticketFor(world, world.letter, "view"));
    partialDeepStrictEqual(await present(curious, ours.json["ticket"], { pct }), error(400, "invalid_grant"));
    const theirs = await present(curious, await ticketFor(world, world.letter, "view"), { pct });
    partialDeepStrictEqual(theirs, error(403, "need_info"));
  },

  "Grant §5.5 replay: a ticket read as spent kills the tokens it led to": async (world, { pct = "" }) => {
    const ticket = await ticketFor(world, world.letter, "view");
    const { json } = await present(world, ticket, { pct });
    equal((await introspected(world, json["access_token"]))["active"], true);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    partialDeepStrictEqual(await present(world, ticket, { pct }), error(400, "invalid_grant"));
    equal((await introspected(world, json["access_token"]))["active"], false);
  },

  "Grant §3.7 revocation: of an RPT, of a refresh token, of a PCT": async (world, { pct = "" }) => {
    const revoked = (token: unknown) => world.app.post(world.at["revocation_endpoint"] ?? "", { token: String(token) });
    const { json } = await present(world, await ticketFor(world, world.letter, "view"), { pct });
    await revoked(json["access_token"]);
    equal((await introspected(world, json["access_token"]))["active"], false);
    await revoked(json["refresh_token"]);
    const form = { grant_type: "refresh_token", refresh_token: String(json["refresh_token"]) };
    partialDeepStrictEqual(await world.app.post(world.at["token_endpoint"] ?? "", form), error(400, "invalid_grant"));
    await revoked(pct);
    const unknown = await present(world, await ticketFor(world, world.letter, "view"), { pct });
    partialDeepStrictEqual(unknown, error(403, "need_info"));
  },

  "June stops sharing: the RPT is over at once, and the next request asks her again": async (world) => {
    const claims = claimed(await idTokenOfBob(world));
    const { json } = await present(world, await ticketFor(world, world.letter, "view"), claims);
    await world.june.withdrawAll();
    equal((await introspected(world, json["access_token"]))["active"], false);
    const again = await present(world, await ticketFor(world, world.letter, "view"), claims);
    partialDeepStrictEqual(again, error(403, "request_submitted"));
  },
};
