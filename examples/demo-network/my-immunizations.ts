import { join } from "node:path";
import { Refusal } from "../../sdk/client/refusal.ts";
import { toldWhoWithdrew } from "../../sdk/client/told.ts";
import { connection } from "../../sdk/exchange.ts";
import { deviceOf } from "./device.ts";
import { kept } from "./kept.ts";
import { appPage } from "./my-immunizations-page.ts";
import { asset, cookieOf, formField, isOwnForm, seeOther } from "./page.ts";
import type { Registered } from "./seed.ts";
import type { Handler } from "./serve.ts";
import { type Shared, sharedLinks } from "./shared.ts";
import { sharedVisits } from "./shared-visits.ts";
import { type Visitor, visitors } from "./visitors.ts";

const COOKIE = "my-immunizations";

export interface AppOptions {
  readonly issuer: string;
  readonly wallet: string;
  readonly folder: string;
  readonly party: Registered;
}

/** A cookie of another shape is not from us. */
function sessionOf(request: Request): string | undefined {
  const value = cookieOf(request, COOKIE);
  return value !== undefined && /^[0-9a-f-]{36}$/.test(value) ? value : undefined;
}

/** "My Immunizations": a Client that asks through the back channel and fetches from each source itself. */
export async function myImmunizations({ issuer, wallet, folder, party }: AppOptions) {
  const exchange = connection({ issuer, client_id: party.client_id, key: party.key });
  const remembered = await kept<Record<string, Visitor>>(join(folder, `people-of-${party.client_id}.json`), {});
  const people = visitors(exchange, remembered);
  people.resume();
  const strangers = await kept<Record<string, Shared>>(join(folder, `shared-with-${party.client_id}.json`), {});
  const links = sharedLinks(exchange, strangers);
  links.resume();
  const events = toldWhoWithdrew({ issuer, client_id: party.client_id }, exchange, people.told, ({ message }) =>
    console.error(`event refused: ${message}`),
  );

  async function home(request: Request): Promise<Response> {
    const id = sessionOf(request);
    const visitor = people.of(id);
    if (id !== undefined && visitor?.state === "connected" && people.answers(id) === undefined) {
      await people.fetchRecords(id);
    }
    const answers = id === undefined ? undefined : people.answers(id);
    return appPage({ wallet, state: people.standing(id), visitor, answers });
  }

  async function ask(request: Request): Promise<Response> {
    const code = await formField(request, "code");
    if (code === "") return appPage({ wallet, refused: "Type the code that your Wallet shows." });
    const id = sessionOf(request) ?? crypto.randomUUID();
    try {
      await people.ask(id, code, deviceOf(request));
      return seeOther(`${COOKIE}=${id}`);
    } catch (failure) {
      if (failure instanceof Refusal && failure.code === "too_many_requests") {
        return appPage({ wallet, refused: "That was asked too often. Please wait a minute and try again." });
      }
      console.error(failure);
      return appPage({ wallet, refused: "We cannot ask right now. Please try again in a moment." });
    }
  }

  /** The person's Wallet is on this device: the browser goes there and comes back to /back. */
  async function here(request: Request): Promise<Response> {
    const id = sessionOf(request) ?? crypto.randomUUID();
    try {
      return seeOther(`${COOKIE}=${id}`, await people.leave(id, `${party.origin}/back`));
    } catch (failure) {
      console.error(failure);
      return appPage({ wallet, refused: "We cannot ask right now. Please try again in a moment." });
    }
  }

  async function back(request: Request): Promise<Response> {
    const id = sessionOf(request);
    const { search } = new URL(request.url);
    if (id !== undefined) await people.back(id, new URL(`/back${search}`, party.origin));
    return seeOther();
  }

  const whenKnown = (step: (id: string) => Promise<void>) => async (request: Request) => {
    const id = sessionOf(request);
    if (id !== undefined) await step(id);
    return seeOther();
  };

  const routes: Readonly<Record<string, Handler>> = {
    "GET /": home,
    "GET /look.css": () => asset("look.css"),
    "GET /waiting.js": () => asset("waiting.js"),
    "GET /state": (request) =>
      Response.json({ state: people.standing(sessionOf(request)) }, { headers: { "cache-control": "no-store" } }),
    ...sharedVisits({ origin: party.origin, links, cookie: COOKIE, sessionOf }),
    "GET /here": here,
    "GET /back": back,
    "POST /ask": ask,
    "POST /refresh": whenKnown(people.fetchRecords),
    "POST /forget": whenKnown(people.forget),
  };
  const handler: Handler = (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/events") return events(request);
    const route = routes[`${request.method} ${pathname}`];
    if (route === undefined) return new Response("Not found", { status: 404 });
    if (request.method === "POST" && !isOwnForm(request)) return seeOther();
    return route(request);
  };
  const close = () => {
    people.close();
    links.close();
  };
  return { handler, close };
}
