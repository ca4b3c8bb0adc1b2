import { calculatePKCECodeChallenge, randomPKCECodeVerifier } from "openid-client";
import { expect } from "vitest";
import { issuer, type TestExchange, walletOrigin } from "./exchange.ts";
import type { network } from "./network.ts";
import { answered, type KeyPair, type Party } from "./parties.ts";

type Network = Awaited<ReturnType<typeof network>>;
type Changes = Record<string, string | undefined>;

export const redirect_uri = "https://app.test/back?tenant=1";
export const plain_uri = "https://app.test/plain";
/** What a Client of this door registers. */
export const redirecting = {
  redirect_uris: [redirect_uri, plain_uri],
  grant_types: ["authorization_code", "refresh_token"],
};

export const verifier = randomPKCECodeVerifier();
/** A good authorization request. */
export const good = {
  response_type: "code",
  redirect_uri,
  code_challenge: await calculatePKCECodeChallenge(verifier),
  code_challenge_method: "S256",
  state: "s 1",
  scope: "openid immunization-history.read",
};

/** Where the Wallet has words for a flow that ends (UX-18). */
export const stopped = (because: string) => `${walletOrigin}/#/stopped/${because}`;
export const askIn = (location: string) => location.slice(`${walletOrigin}/#/asks/`.length);

/** A browser: it follows nothing by itself and keeps the flow's cookie. */
export class Browser {
  cookie = "";
  readonly #exchange: TestExchange;

  constructor(exchange: TestExchange) {
    this.#exchange = exchange;
  }

  async open(url: string): Promise<string> {
    const response = await this.#exchange.fetch(url, {
      headers: this.cookie === "" ? {} : { cookie: this.cookie },
      redirect: "manual",
    });
    expect(response.status).toBe(303);
    this.cookie = response.headers.get("set-cookie")?.split(";")[0] ?? this.cookie;
    return response.headers.get("location") ?? "";
  }

  authorize(request_uri: string, client_id: string): Promise<string> {
    return this.open(`${issuer}/authorize?${new URLSearchParams({ client_id, request_uri })}`);
  }
}

/** The redirect door as one Client uses it; what is given replaces or, when undefined, takes away. */
export function redirectDoor(exchange: () => TestExchange, net: () => Network, app: () => Party) {
  const push = (more: Changes = {}, party = app(), options: { keys?: KeyPair; dpop?: string | undefined } = {}) =>
    party.post("/par", { ...good, ...more }, options);
  const pushed = async (more: Changes = {}, party = app()) =>
    String((await answered(push(more, party)))["request_uri"]);
  const browser = () => new Browser(exchange());
  const arrive = async (at: Browser, more: Changes = {}, party = app()) =>
    at.authorize(await pushed(more, party), party.clientId);

  /** June's Wallet takes the flow and answers; where her browser goes then. */
  async function answer(location: string, approve = true, june = net().june): Promise<string> {
    const { id } = (await answered(june.call("POST", `/wallet/asks/${askIn(location)}`))) as { id: string };
    const screen = await june.screen(id);
    const response = approve ? await june.approve(screen) : await june.decline(screen);
    return String((await answered(response))["continueAt"]);
  }

  /** The whole way: what comes back to the Client. */
  async function back(more: Changes = {}, { approve = true, party = app() } = {}): Promise<URL> {
    const at = browser();
    return new URL(await at.open(await answer(await arrive(at, more, party), approve)));
  }

  return {
    push,
    pushed,
    browser,
    arrive,
    answer,
    back,
    code: async (more: Changes = {}) => (await back(more)).searchParams.get("code") ?? "",
    redeem: (
      code: string,
      more: Changes = {},
      party = app(),
      options: { keys?: KeyPair; dpop?: string | undefined } = {},
    ) =>
      party.post(
        "/token",
        { grant_type: "authorization_code", code, redirect_uri, code_verifier: verifier, ...more },
        options,
      ),
  };
}
