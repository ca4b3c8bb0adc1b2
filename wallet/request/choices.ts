import type { Approval } from "../../protocol/approval.ts";
import type { Notice, RequestScreen } from "../../protocol/wallet.ts";
import { chosenBefore } from "./difference.ts";

/** What a person has chosen so far: per asked kind the optional actions and the sources, the preferred first; and how long. */
export interface Choices {
  readonly optional: readonly (readonly string[])[];
  readonly sources: readonly (readonly string[])[];
  readonly duration: number;
  /** Sensitive kinds among others, by index, that have a yes of their own (UX-09). */
  readonly explicit: readonly number[];
  /** What was typed of the number, or a link brought, if one is asked for: it is of the request, whatever else of it changes. */
  readonly number?: string | undefined;
}

/** What was chosen of each request, and on which text, as long as the page lives: a session may end under a request that is read, and its person comes back to it. */
export type Kept = Map<string, { readonly noticeHash: string; readonly choices: Choices }>;

export type Choice =
  | { readonly type: "optional"; readonly kind: number; readonly actions: readonly string[] }
  | { readonly type: "sources"; readonly kind: number; readonly sources: readonly string[] }
  | { readonly type: "source_first"; readonly kind: number; readonly source: string }
  | { readonly type: "duration"; readonly index: number }
  | { readonly type: "explicit"; readonly kind: number; readonly yes: boolean }
  | { readonly type: "number"; readonly number: string | undefined }
  | { readonly type: "again"; readonly notice: Notice };

/** Before anything is touched: nothing optional, the first source that can serve, the time the app asks for (UX-03, UX-05); of a change, what was chosen before. */
export const firstChoices = ({ asked, proposed }: Notice): Choices => ({
  optional: asked.map((kind) => chosenBefore(kind).optional),
  sources: asked.map((kind) => chosenBefore(kind).sources),
  duration: proposed,
  explicit: [],
});

/** The choices after one more. A source that is ticked later comes later. */
export function chosen(choices: Choices, choice: Choice): Choices {
  switch (choice.type) {
    case "optional":
      return { ...choices, optional: choices.optional.with(choice.kind, choice.actions) };
    case "sources": {
      const before = choices.sources[choice.kind] ?? [];
      const kept = before.filter((id) => choice.sources.includes(id));
      const added = choice.sources.filter((id) => !before.includes(id));
      return { ...choices, sources: choices.sources.with(choice.kind, [...kept, ...added]) };
    }
    case "source_first": {
      const others = (choices.sources[choice.kind] ?? []).filter((id) => id !== choice.source);
      return { ...choices, sources: choices.sources.with(choice.kind, [choice.source, ...others]) };
    }
    case "duration":
      return { ...choices, duration: choice.index };
    case "explicit": {
      const others = choices.explicit.filter((kind) => kind !== choice.kind);
      return { ...choices, explicit: choice.yes ? [...others, choice.kind] : others };
    }
    case "number":
      return { ...choices, number: choice.number };
    case "again":
      return { ...firstChoices(choice.notice), number: choices.number };
  }
}

/** The first asked kind without a source, by index: it cannot be approved like this. */
export const withoutSource = (choices: Choices): number | undefined => {
  const index = choices.sources.findIndex((sources) => sources.length === 0);
  return index === -1 ? undefined : index;
};

/** The first sensitive kind among others that has no yes of its own, by index (UX-09). */
export const withoutYes = ({ asked }: Notice, { explicit }: Choices): number | undefined => {
  const index = asked.findIndex((kind, at) => kind.explicit && !explicit.includes(at));
  return index === -1 ? undefined : index;
};

/** What the passkey is to sign: everything on the screen and everything chosen, in the screen's order. */
export function approvalOf(screen: RequestScreen, choices: Choices) {
  const { id, revision, nonce, notice, noticeHash } = screen;
  return {
    v: 1,
    decision: "approve",
    request: id,
    revision,
    nonce,
    actions: notice.asked.map(({ actions }, kind) =>
      actions
        .filter(({ action, required }) => required || choices.optional[kind]?.includes(action))
        .map(({ action }) => action),
    ),
    sources: choices.sources.map((sources) => [...sources]),
    endsAt: notice.durations[choices.duration]?.endsAt ?? 0,
    ...(choices.number !== undefined && { number: choices.number }),
    notice: noticeHash,
    language: notice.language,
  } as const satisfies Approval;
}
