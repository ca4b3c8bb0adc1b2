import type { Agreement } from "../../sdk/client/agreement.ts";
import type { Approved } from "../../sdk/client/approved.ts";
import { type Begun, begin, finish } from "../../sdk/client/redirect.ts";
import { type Outcome, Refusal } from "../../sdk/client/refusal.ts";
import { release } from "../../sdk/client/release.ts";
import { type Source, sources } from "../../sdk/client/source.ts";
import { type Asked, start } from "../../sdk/client/start.ts";
import type { EndedConsent } from "../../sdk/client/told.ts";
import { wait } from "../../sdk/client/wait.ts";
import type { Exchange } from "../../sdk/exchange.ts";
import { calendar } from "./definitions.ts";
import type { Kept } from "./kept.ts";
import { type Answer, isOver, recordsAt } from "./records.ts";

/** Where a person's request stands; kept, so that a restart loses nothing. */
export type Visitor =
  | { readonly state: "asking"; readonly asked: Asked; readonly binding_message: string }
  | { readonly state: "away"; readonly begun: Begun }
  | { readonly state: "connected"; readonly agreement: Agreement; readonly told?: ToldEnd }
  | { readonly state: "over"; readonly outcome: Outcome };

/** That a consent of theirs ended, and when. */
export type ToldEnd = Omit<EndedConsent, "sub">;

/** `stopped`: connected, but what was agreed is over, and we were told. */
export type Standing = Visitor["state"] | "stopped";

/** Asks for the people who visit the app, and fetches their records from the sources they chose. */
export function visitors(exchange: () => Promise<Exchange>, all: Kept<Record<string, Visitor>>) {
  const waiting = new Map<string, AbortController>();
  const connected = new Map<string, readonly Source[]>();
  const answers = new Map<string, readonly Answer[]>();
  const underway = new Map<string, Promise<void>>();

  async function put(id: string, visitor: Visitor | undefined): Promise<void> {
    if (visitor === undefined) delete all.value[id];
    else all.value[id] = visitor;
    await all.save();
  }

  async function connect(id: string, { agreement, sources: chosen }: Approved): Promise<void> {
    connected.set(id, chosen);
    await put(id, { state: "connected", agreement });
    await fetchRecords(id);
  }

  async function give(id: string, failure: unknown): Promise<void> {
    if (!(failure instanceof Refusal)) console.error(failure);
    await put(id, { state: "over", outcome: failure instanceof Refusal ? failure.outcome : "refused" });
  }

  async function awaitDecision(id: string, asked: Asked): Promise<void> {
    const stop = new AbortController();
    waiting.set(id, stop);
    try {
      await connect(id, await wait(await exchange(), asked, { signal: stop.signal }));
    } catch (failure) {
      if (stop.signal.aborted) return;
      await give(id, failure);
    } finally {
      if (waiting.get(id) === stop) waiting.delete(id);
    }
  }

  /** Straight from each source the person chose, with a token for that source. Who asks meanwhile waits for the same answers. */
  function fetchRecords(id: string): Promise<void> {
    const fetching = underway.get(id) ?? fetchAll(id).finally(() => underway.delete(id));
    underway.set(id, fetching);
    return fetching;
  }

  async function fetchAll(id: string): Promise<void> {
    const visitor = all.value[id];
    if (visitor?.state !== "connected") return;
    const chosen = connected.get(id) ?? sources(await exchange(), visitor.agreement);
    connected.set(id, chosen);
    answers.set(id, await Promise.all(chosen.map((source) => recordsAt(source))));
  }

  async function askAnew(id: string): Promise<void> {
    await underway.get(id);
    connected.delete(id);
    await fetchRecords(id);
  }

  function stopWaiting(id: string): void {
    waiting.get(id)?.abort();
    connected.delete(id);
    answers.delete(id);
  }

  return {
    of: (id: string | undefined): Visitor | undefined => (id === undefined ? undefined : all.value[id]),
    answers: (id: string): readonly Answer[] | undefined => answers.get(id),
    standing(id: string | undefined): Standing | undefined {
      const visitor = id === undefined ? undefined : all.value[id];
      const stopped = visitor?.state === "connected" && visitor.told && isOver(answers.get(id ?? "") ?? []);
      return stopped ? "stopped" : visitor?.state;
    },
    /** Somebody may have withdrawn what they agreed to here: noted before it is acknowledged; then new tokens are asked for, which tells. */
    async told({ sub, ...told }: EndedConsent): Promise<void> {
      for (const [id, visitor] of Object.entries(all.value)) {
        if (visitor.state !== "connected" || visitor.agreement.sub !== sub) continue;
        await put(id, { ...visitor, told });
        void askAnew(id).catch(console.error);
      }
    },
    fetchRecords,
    async ask(id: string, login_hint: string, device: string | undefined): Promise<void> {
      stopWaiting(id);
      const binding_message = bindingMessage();
      const request_context = device === undefined ? {} : { device };
      const question = { login_hint, authorization_details, binding_message, request_context };
      const asked = await start(await exchange(), question);
      await put(id, { state: "asking", asked, binding_message });
      void awaitDecision(id, asked);
    },
    /** Where the browser of somebody whose Wallet is on this very device goes. */
    async leave(id: string, redirect_uri: string): Promise<string> {
      stopWaiting(id);
      const { url, begun } = await begin(await exchange(), { redirect_uri, authorization_details });
      await put(id, { state: "away", begun });
      return url;
    },
    /** And it is back, with an answer in its address. */
    async back(id: string, url: URL): Promise<void> {
      const visitor = all.value[id];
      if (visitor?.state !== "away") return;
      await finish(await exchange(), url, visitor.begun).then(
        (approved) => connect(id, approved),
        (failure: unknown) => give(id, failure),
      );
    },
    /** What we may still do ends here, too. */
    async forget(id: string): Promise<void> {
      const visitor = all.value[id];
      stopWaiting(id);
      await put(id, undefined);
      if (visitor?.state === "connected") await release(await exchange(), visitor.agreement).catch(console.error);
    },
    /** After a restart: go on waiting for those who have not answered. */
    resume(): void {
      for (const [id, visitor] of Object.entries(all.value)) {
        if (visitor.state === "asking") void awaitDecision(id, visitor.asked);
      }
    },
    close(): void {
      for (const stop of waiting.values()) stop.abort();
    },
  };
}

const authorization_details = [
  {
    type: calendar.type,
    actions: ["read"],
    optional_actions: ["subscribe"],
    purpose: calendar.purpose,
    duration: "P90D",
  },
];

const animals = ["Heron", "Otter", "Lynx", "Finch", "Beaver", "Marten", "Loon", "Moose"];

/** Two things to compare at a glance: `Heron 47`. */
function bindingMessage(): string {
  const [animal = 0, number = 0] = crypto.getRandomValues(new Uint8Array(2));
  return `${animals[animal % animals.length]} ${10 + (number % 90)}`;
}
