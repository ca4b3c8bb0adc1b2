import { type Answer, answerOf, type Json, sha256 } from "./party.ts";
import { SoftwarePasskey } from "./passkey.ts";

/** RFC 8785, for what a passkey signs here: no numbers but integers. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
}

/** As much of a request's screen as an answer needs. */
interface Screen extends Json {
  readonly id: string;
  readonly notice: {
    readonly language: string;
    readonly asked: readonly {
      readonly actions: readonly { readonly action: string; readonly required: boolean }[];
      readonly sources: readonly { readonly id: string; readonly usable: boolean }[];
    }[];
    readonly durations: readonly { readonly endsAt: number }[];
    readonly proposed: number;
    readonly requestingParty?: { readonly name: string };
  };
}

/** A person with a passkey in software, over the wallet API alone. */
export class Person {
  readonly name: string;
  readonly #api: string;
  readonly #wallet: string;
  readonly #passkey: SoftwarePasskey;
  #cookie = "";

  /** @param api where `/wallet/…` is answered @param wallet origin of the Wallet, where the passkey lives */
  constructor(name: string, api: string, wallet: string) {
    this.name = name;
    this.#api = api;
    this.#wallet = wallet;
    this.#passkey = new SoftwarePasskey(wallet);
  }

  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = { origin: this.#wallet, cookie: this.#cookie, "content-type": "application/json" };
    const response = await fetch(this.#api + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    this.#cookie = response.headers.get("set-cookie")?.split(";")[0] ?? this.#cookie;
    const answer = await answerOf(response);
    if (!response.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.json)}`);
    return answer;
  }

  async createAccount(): Promise<void> {
    const { json } = await this.call("POST", "/wallet/account/options", { name: this.name });
    const { options, challenge } = json as { options: { challenge: string }; challenge: string };
    const response = this.#passkey.register(options.challenge);
    await this.call("POST", "/wallet/account", { name: this.name, challenge, response });
  }

  /** A one-time code that stands for this person: to an app, or at a source. */
  async code(use: "app" | "source"): Promise<string> {
    return String((await this.call("POST", "/wallet/codes", { for: use })).json["code"]);
  }

  /** The one request that waits, once the device would have rung. */
  async waiting(): Promise<Screen> {
    for (let tries = 0; tries < 100; tries++) {
      const { requests } = (await this.call("GET", "/wallet/requests")).json as { requests: readonly { id: string }[] };
      const [first] = requests;
      if (first !== undefined) return (await this.call("GET", `/wallet/requests/${first.id}`)).json as Screen;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`nothing waits for ${this.name}`);
  }

  async approve({ id, notice, ...screen }: Screen): Promise<Json> {
    const answer = {
      revision: screen["revision"],
      nonce: screen["nonce"],
      actions: notice.asked.map(({ actions }) =>
        actions.filter(({ required }) => required).map(({ action }) => action),
      ),
      sources: notice.asked.map(({ sources }) => sources.filter(({ usable }) => usable).map(({ id }) => id)),
      endsAt: notice.durations[notice.proposed]?.endsAt ?? 0,
      notice: screen["noticeHash"],
      language: notice.language,
    };
    const signed = canonical({ v: 1, decision: "approve", request: id, ...answer });
    const response = this.#passkey.sign(sha256(signed));
    return (await this.call("POST", `/wallet/requests/${id}/approve`, { ...answer, response })).json;
  }

  async decline({ id }: Screen): Promise<void> {
    await this.call("POST", `/wallet/requests/${id}/decline`, { notMe: false });
  }

  /** Says to an app's exchange who uses the app, and where the browser goes on (UMA Grant §3.3.2). */
  async tellsWhoTheyAre(gathering: string): Promise<string> {
    return String((await this.call("POST", `/wallet/claims/${gathering}`)).json["continueAt"]);
  }

  async withdrawAll(): Promise<void> {
    const { consents } = (await this.call("GET", "/wallet/consents")).json as { consents: readonly { id: string }[] };
    for (const { id } of consents) await this.call("POST", `/wallet/consents/${id}/withdraw`);
  }
}
