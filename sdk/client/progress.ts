import { randomState } from "openid-client";
import type { GrantedDetail } from "../../protocol/oauth.ts";
import type { Exchange } from "../exchange.ts";
import type { Agreement } from "./agreement.ts";
import { Refusal } from "./refusal.ts";
import { type Source, sources } from "./source.ts";
import { type Presented, presented, type TicketAnswer } from "./ticket.ts";

/** What to keep of an owner's yes, as secret as a password: `knock` opens the door with it from then on. */
export interface UmaAgreement extends Omit<Agreement, "sub"> {
  readonly issuer: string;
  /** The last RPT, for what it is upgraded to. */
  readonly rpt: string;
  /** Says who uses this Client: of use beyond this agreement, for the same person alone (UMA Grant §5.2). */
  readonly pct: string | undefined;
}

/** What is protected, and where those are sent back to who are to say who they are. */
export interface Wanted {
  readonly url: string;
  /** One of our registration; not needed where only one is registered. */
  readonly claims_redirect_uri?: string | undefined;
}

/** Somebody on their way to say who they are. Plain JSON: keep it with the session of their browser, and nowhere else. */
export interface ClaimsInteraction extends Wanted {
  readonly issuer: string;
  readonly ticket: string;
  readonly state: string;
}

/** An owner was asked and has not answered. Plain JSON: keep it, and a restarted program goes on waiting. */
export interface Submitted extends Wanted {
  readonly issuer: string;
  /** Not there when it was lost on the way. */
  readonly ticket: string | undefined;
  /** Seconds between two looks, at least. */
  readonly interval: number;
  /** Seconds since the epoch. */
  readonly since: number;
}

/** How far a request for a protected resource is (UMA Grant §1.3.1). */
export type Progress =
  /** Nothing stood in the way, or nothing that a ticket opens: the Resource Server's own answer. */
  | { readonly state: "answered"; readonly response: Response }
  /** Its answer to the RPT; `source` is for what more there is to ask there. */
  | {
      readonly state: "granted";
      readonly agreement: UmaAgreement;
      readonly source: Source;
      readonly response: Response;
    }
  /** Send the browser to `location`; it comes back to our `claims_redirect_uri`, see `finishClaims`. */
  | { readonly state: "need_info"; readonly location: string; readonly interaction: ClaimsInteraction }
  /** The owner's device rings, see `awaitOwner`. */
  | { readonly state: "request_submitted"; readonly submitted: Submitted };

/**
 * Presents a ticket for `url`, and tells what to do next.
 *
 * @throws {Refusal} outcome `declined` for `request_denied`; code `need_info` where nothing we can do would tell who uses this Client
 */
export async function progressed(
  exchange: Exchange,
  ticket: string,
  wanted: Wanted,
  what: Presented,
): Promise<Exclude<Progress, { state: "answered" }>> {
  const answer = await presented(exchange, ticket, what);
  const issuer = exchange.serverMetadata().issuer;
  switch (answer.outcome) {
    case "granted":
      return granted(exchange, wanted, answer, what.pct);
    case "need_info":
      return toBrowser(exchange, wanted, answer);
    case "request_submitted":
      return {
        state: answer.outcome,
        submitted: { ...wanted, issuer, ticket: answer.ticket, interval: answer.interval, since: seconds() },
      };
  }
}

const seconds = () => Math.floor(Date.now() / 1_000);

/** The RPT goes to the source it was granted for, and to no other. */
async function granted(
  exchange: Exchange,
  { url }: Wanted,
  { tokens, DPoP }: Extract<TicketAnswer, { outcome: "granted" }>,
  pct: string | undefined,
): Promise<Progress & { state: "granted" }> {
  const { access_token, refresh_token, expires_in = 60, authorization_details } = tokens;
  if (refresh_token === undefined) throw new TypeError("no refresh_token");
  const issuer = exchange.serverMetadata().issuer;
  const details = (authorization_details ?? []) as unknown as GrantedDetail[];
  const agreement: UmaAgreement = {
    issuer,
    refresh_token,
    authorization_details: details,
    rpt: access_token,
    pct: typeof tokens["pct"] === "string" ? tokens["pct"] : pct,
  };
  const until = Date.now() + expires_in * 1_000;
  // whoever passes on another's ticket gets no token of it (UMA Grant §5.2)
  const source = sources(exchange, agreement, { access_token, DPoP, until }).find(({ resource }) =>
    isOf(resource, url),
  );
  if (source === undefined) throw new TypeError(`the ticket of ${new URL(url).origin} was for another source`);
  return { state: "granted", agreement, source, response: await source.fetch(url) };
}

/** Whether a URL is of this Resource Server: by its origin. */
export function isOf(resource: string, url: string): boolean {
  return new URL(resource).origin === new URL(url).origin;
}

/** UMA Grant §3.3.2. */
function toBrowser(
  exchange: Exchange,
  wanted: Wanted,
  { ticket, redirect_user }: Extract<TicketAnswer, { outcome: "need_info" }>,
): Progress & { state: "need_info" } {
  if (redirect_user === undefined) throw new Refusal("need_info", "nothing we have says who uses this Client");
  const state = randomState();
  const location = new URL(redirect_user);
  const { client_id } = exchange.clientMetadata();
  const { claims_redirect_uri } = wanted;
  for (const [name, value] of Object.entries({ client_id, ticket, claims_redirect_uri, state }))
    if (value !== undefined) location.searchParams.set(name, value);
  const interaction = { ...wanted, issuer: exchange.serverMetadata().issuer, ticket, state };
  return { state: "need_info", location: location.href, interaction };
}
