import { awaitOwner } from "../../sdk/client/await-owner.ts";
import { finishClaims } from "../../sdk/client/finish-claims.ts";
import { knock } from "../../sdk/client/knock.ts";
import type { ClaimsInteraction, Progress, Submitted, UmaAgreement } from "../../sdk/client/progress.ts";
import { type Outcome, Refusal } from "../../sdk/client/refusal.ts";
import { release } from "../../sdk/client/release.ts";
import { sources } from "../../sdk/client/source.ts";
import type { Exchange } from "../../sdk/exchange.ts";
import type { Kept } from "./kept.ts";
import { type Answer, recordsAt } from "./records.ts";

/** Where somebody stands with a link they were given; kept, so that a restart loses nothing. */
export type Shared = { readonly url: string } & (
  | { readonly state: "telling"; readonly location: string; readonly interaction: ClaimsInteraction }
  | { readonly state: "asking"; readonly submitted: Submitted }
  | { readonly state: "open"; readonly agreement: UmaAgreement }
  | { readonly state: "over"; readonly outcome: Outcome | "no_records" }
);

/** Follows links to records of other people: the link is all it knows of them. */
export function sharedLinks(exchange: () => Promise<Exchange>, all: Kept<Record<string, Shared>>) {
  const waiting = new Map<string, AbortController>();

  async function put(id: string, shared: Shared | undefined): Promise<void> {
    if (shared === undefined) delete all.value[id];
    else all.value[id] = shared;
    await all.save();
  }

  async function goOn(id: string, url: string, next: () => Promise<Progress>): Promise<void> {
    const over = (outcome: Outcome | "no_records") => put(id, { url, state: "over", outcome });
    try {
      const progress = await next();
      switch (progress.state) {
        case "need_info":
          await put(id, { url, state: "telling", location: progress.location, interaction: progress.interaction });
          return;
        case "request_submitted":
          await put(id, { url, state: "asking", submitted: progress.submitted });
          void awaitAnswer(id, url, progress.submitted);
          return;
        case "granted":
          await progress.response.body?.cancel();
          await put(id, { url, state: "open", agreement: progress.agreement });
          return;
        case "answered":
          await progress.response.body?.cancel();
          await over("no_records");
      }
    } catch (failure) {
      if (!(failure instanceof Refusal)) console.error(failure);
      await over(failure instanceof Refusal ? failure.outcome : "no_records");
    }
  }

  async function awaitAnswer(id: string, url: string, submitted: Submitted): Promise<void> {
    const stop = new AbortController();
    waiting.set(id, stop);
    const keep = (newest: Submitted) => put(id, { url, state: "asking", submitted: newest });
    const answer = await awaitOwner([await exchange()], submitted, { signal: stop.signal, keep }).then(
      (progress) => async () => progress,
      (failure: unknown) => () => Promise.reject(failure),
    );
    if (!stop.signal.aborted) await goOn(id, url, answer);
  }

  return {
    of: (id: string | undefined): Shared | undefined => (id === undefined ? undefined : all.value[id]),
    async follow(id: string, url: string): Promise<void> {
      waiting.get(id)?.abort();
      const known = all.value[id];
      // the same browser, the same person: what they proved before counts
      const pct = known?.state === "open" ? known.agreement.pct : undefined;
      await goOn(id, url, async () => knock([await exchange()], { url, pct }));
    },
    /** Back from the Wallet, where they said who they are. */
    async back(id: string, at: URL): Promise<void> {
      const known = all.value[id];
      if (known?.state !== "telling") return;
      await goOn(id, known.url, async () => finishClaims([await exchange()], at, known.interaction));
    },
    async records(id: string): Promise<Answer | undefined> {
      const known = all.value[id];
      if (known?.state !== "open") return undefined;
      const [source] = sources(await exchange(), known.agreement);
      return source && recordsAt(source, known.url);
    },
    async forget(id: string): Promise<void> {
      const known = all.value[id];
      waiting.get(id)?.abort();
      await put(id, undefined);
      if (known?.state === "open") await release(await exchange(), known.agreement).catch(console.error);
    },
    /** After a restart: go on waiting. */
    resume(): void {
      for (const [id, shared] of Object.entries(all.value))
        if (shared.state === "asking") void awaitAnswer(id, shared.url, shared.submitted);
    },
    close(): void {
      for (const stop of waiting.values()) stop.abort();
    },
  };
}
