import { RefusedRequest } from "../../sdk/refused-request.ts";
import {
  beginConnecting,
  type Connecting,
  finishConnecting,
  isStartedBy,
} from "../../sdk/resource-server/connect-wallet.ts";
import { type HeldResource, type LinkedOwner, link } from "../../sdk/resource-server/resource-registration.ts";
import type { ResourceServer } from "../../sdk/resource-server/resource-server.ts";
import { IMMUNIZATION_HISTORY } from "./definitions.ts";
import { cookieOf, formField, formFields, seeOther } from "./page.ts";
import type { Handler } from "./serve.ts";
import type { SourceOptions } from "./source.ts";
import { onwardPage, type Said, signInPage } from "./source-page.ts";

/** June signed in at a source: its own affair, in memory, and over when it is started anew. */
interface Visit {
  /** On her way to her Wallet, and back at most once. */
  connecting?: Connecting | undefined;
}

interface VisitsOptions {
  readonly options: SourceOptions;
  readonly server: ResourceServer;
  /** Remembers June's name at the exchange, and what her records are called there. */
  readonly own: (linked: LinkedOwner) => Promise<void>;
  /** Her page. */
  readonly shown: (said?: Said) => Response;
}

const held: readonly [HeldResource] = [
  { type: IMMUNIZATION_HISTORY, resource_scopes: ["read", "subscribe"], name: "Immunization history" },
];

/** June's visits at a source, by route: she signs in there, and connects her Wallet in one of two ways. */
export function visits({ options, server, own, shown }: VisitsOptions): Readonly<Record<string, Handler>> {
  const { look, party, patient } = options;
  const cookie = `${look}-session`;
  const open = new Map<string, Visit>();
  const visitOf = (request: Request) => open.get(cookieOf(request, cookie) ?? "");
  const signIn = (thenConnect: boolean, refused?: string) =>
    signInPage({ ...options, thenConnect, ...(refused !== undefined && { refused }) });

  async function begin(request: Request): Promise<Response> {
    const [number, next] = await formFields(request, "number", "next");
    if (number !== patient) return signIn(next === "connect", "Nobody has this number here.");
    const id = crypto.randomUUID();
    open.set(id, {});
    const session = `${cookie}=${id}`;
    return next === "connect" ? onwardPage(options, session) : seeOther(session);
  }

  /** From the button on her page, or started in a Wallet (OIDC Core §4): June signs in, then her browser goes to the Wallet. */
  async function leave(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.searchParams.has("iss") && !isStartedBy(server, url)) return seeOther();
    const visit = visitOf(request);
    if (visit === undefined) return signIn(true);
    try {
      const away = await beginConnecting(server, `${party.origin}/back`);
      visit.connecting = away.connecting;
      return seeOther(undefined, away.url);
    } catch (failure) {
      return unreachable(failure);
    }
  }

  async function back(request: Request): Promise<Response> {
    const visit = visitOf(request);
    const connecting = visit?.connecting;
    if (visit === undefined || connecting === undefined) return seeOther();
    visit.connecting = undefined;
    try {
      const url = new URL(`/back${new URL(request.url).search}`, party.origin);
      await own(await finishConnecting(server, url, connecting, held));
      return seeOther();
    } catch (failure) {
      if (failure instanceof RefusedRequest && failure.code === "access_denied")
        return shown({ notice: "You chose “Not now”. Your Wallet is not connected." });
      return unreachable(failure);
    }
  }

  async function withCode(request: Request): Promise<Response> {
    const code = await formField(request, "code");
    if (code === "") return shown({ refused: "Type the code that your Wallet shows." });
    try {
      await own(await link(server, code, held));
      return seeOther();
    } catch (failure) {
      if (failure instanceof RefusedRequest && failure.status < 500)
        return shown({
          refused: "This code does not work, or no longer. Get a new one in your Wallet and type it here.",
        });
      return unreachable(failure);
    }
  }

  function unreachable(failure: unknown): Response {
    console.error(failure);
    return shown({ notice: "Your Wallet cannot be reached right now. Please try again in a moment." });
  }

  const whenSignedIn = (answer: Handler) => (request: Request) =>
    visitOf(request) === undefined ? signIn(false) : answer(request);

  return {
    "GET /": whenSignedIn(() => shown()),
    "POST /sign-in": begin,
    "POST /sign-out": (request) => {
      open.delete(cookieOf(request, cookie) ?? "");
      return seeOther();
    },
    "GET /connect": leave,
    "GET /back": back,
    "POST /connect": whenSignedIn(withCode),
  };
}
