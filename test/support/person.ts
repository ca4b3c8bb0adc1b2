import { type Approval, approvalChallenge, linkChallenge } from "../../protocol/approval.ts";
import type { ConsentView, RequestScreen, WaitingRequest } from "../../protocol/wallet.ts";
import type { CeremonyOptions, Confirmation, ConfirmedAct } from "../../protocol/wallet-ceremonies.ts";
import type { LinkScreen } from "../../protocol/wallet-sources.ts";
import { type TestExchange, walletOrigin } from "./exchange.ts";
import { answered } from "./parties.ts";
import { SoftwarePasskey } from "./passkey.ts";

/** A person's web Wallet, without the screens: the wallet API and a passkey in software. */
export class June {
  readonly passkey: SoftwarePasskey;
  readonly #exchange: TestExchange;
  readonly #seen = new Set<string>();
  #cookie = "";

  constructor(exchange: TestExchange, origin: string = walletOrigin) {
    this.#exchange = exchange;
    this.passkey = new SoftwarePasskey(origin);
  }

  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.#exchange.fetch(walletOrigin + path, {
      method,
      headers: {
        ...(method !== "GET" && { origin: walletOrigin }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(this.#cookie !== "" && { cookie: this.#cookie }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async createAccount(name: string): Promise<void> {
    const { options, challenge } = await this.#options("/wallet/account/options", { name });
    await this.#begin("/wallet/account", {
      name,
      challenge,
      response: this.passkey.register(String(options["challenge"])),
    });
  }

  async signIn(described?: string): Promise<void> {
    const { options, challenge } = await this.#options("/wallet/session/options");
    const response = this.passkey.sign(String(options["challenge"]));
    await this.#begin("/wallet/session", { challenge, response, ...(described && { described }) });
  }

  /** A fresh ceremony for this act, as its body. */
  async confirmation(act: ConfirmedAct, about = "", passkey = this.passkey): Promise<Confirmation> {
    const { options, challenge } = await this.#options("/wallet/confirm/options", { act, about });
    return { challenge, response: passkey.sign(String(options["challenge"])) };
  }

  /** Another passkey of this person, on another device. */
  async add(passkey: SoftwarePasskey, name: string): Promise<Response> {
    const { options, challenge } = await this.#options(
      "/wallet/passkeys/options",
      await this.confirmation("add_passkey"),
    );
    const response = passkey.register(String(options["challenge"]));
    return this.call("POST", "/wallet/passkeys", { name, challenge, response });
  }

  async code(use: "app" | "source"): Promise<string> {
    return String((await answered(this.call("POST", "/wallet/codes", { for: use })))["code"]);
  }

  async requests(): Promise<readonly WaitingRequest[]> {
    return (await answered(this.call("GET", "/wallet/requests")))["requests"] as WaitingRequest[];
  }

  /** The newest request, once what makes it has been followed. Those of one second have no order: the first that was not looked at before. */
  async waiting(): Promise<RequestScreen> {
    await this.#exchange.settled();
    const requests = await this.requests();
    const newest = requests.filter(({ createdAt }) => createdAt === requests[0]?.createdAt);
    const next = newest.find((request) => !this.#seen.has(nameOf(request))) ?? newest[0];
    if (next === undefined) throw new Error("nothing waits");
    return this.screen(next.id);
  }

  async screen(id: string, language = ""): Promise<RequestScreen> {
    const headers = { "accept-language": language };
    const screen = (await answered(
      this.call("GET", `/wallet/requests/${id}`, undefined, headers),
    )) as unknown as RequestScreen;
    this.#seen.add(nameOf(screen));
    return screen;
  }

  /** The body of an approval of this screen, signed; `choice` replaces what is sent and signed. */
  async approval(screen: RequestScreen, choice: Partial<Approval> = {}, passkey = this.passkey, flags?: number) {
    const { asked, durations, proposed } = screen.notice;
    const approval: Approval = {
      v: 1,
      decision: "approve",
      request: screen.id,
      revision: screen.revision,
      nonce: screen.nonce,
      actions: asked.map(({ actions }) => actions.filter(({ required }) => required).map(({ action }) => action)),
      sources: asked.map(({ sources }) => sources.filter(({ usable }) => usable).map(({ id }) => id)),
      endsAt: durations[proposed]?.endsAt ?? 0,
      notice: screen.noticeHash,
      language: screen.notice.language,
      ...choice,
    };
    const response = passkey.sign(await approvalChallenge(approval), flags === undefined ? {} : { flags });
    const { v: _, decision: __, request: ___, ...body } = approval;
    return { ...body, response };
  }

  async approve(screen: RequestScreen, choice: Partial<Approval> = {}): Promise<Response> {
    return this.call("POST", `/wallet/requests/${screen.id}/approve`, await this.approval(screen, choice));
  }

  decline(screen: RequestScreen, notMe = false): Promise<Response> {
    return this.call("POST", `/wallet/requests/${screen.id}/decline`, { notMe });
  }

  async linkScreen(id: string, language = ""): Promise<LinkScreen> {
    const headers = { "accept-language": language };
    return (await answered(this.call("GET", `/wallet/links/${id}`, undefined, headers))) as unknown as LinkScreen;
  }

  /** The body of a yes to this screen, signed. */
  async linkApproval(
    screen: LinkScreen,
    passkey = this.passkey,
    choice: Partial<Pick<Approval, "notice" | "language">> = {},
  ) {
    const { id: request, revision, nonce, noticeHash, notice } = screen;
    const signed = { revision, nonce, notice: noticeHash, language: notice.language, ...choice };
    const response = passkey.sign(await linkChallenge({ v: 1, decision: "link", request, ...signed }));
    return { ...signed, response };
  }

  async approveLink(screen: LinkScreen): Promise<Response> {
    return this.call("POST", `/wallet/links/${screen.id}/approve`, await this.linkApproval(screen));
  }

  async withdraw(id: string): Promise<ConsentView> {
    return (await answered(this.call("POST", `/wallet/consents/${id}/withdraw`))) as unknown as ConsentView;
  }

  async #options(path: string, body?: unknown): Promise<CeremonyOptions> {
    return (await answered(this.call("POST", path, body))) as unknown as CeremonyOptions;
  }

  async #begin(path: string, body: unknown): Promise<void> {
    const response = await this.call("POST", path, body);
    const cookie = response.headers.get("set-cookie")?.split(";")[0];
    if (!response.ok || cookie === undefined) throw new Error(`${response.status} ${await response.text()}`);
    this.#cookie = cookie;
  }
}

/** A change asks anew under the same id. */
function nameOf({ id, createdAt }: Pick<WaitingRequest, "id" | "createdAt">): string {
  return `${id} ${createdAt}`;
}
