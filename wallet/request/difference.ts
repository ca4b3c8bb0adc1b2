import type { AskedKind, Notice, ProposedChange } from "../../protocol/wallet.ts";

type Action = AskedKind["actions"][number];

/** UX-08: of a kind that is asked, the actions that are new to the app and those it has already. Without a change everything is as asked. */
export function actionsOf(kind: AskedKind): { readonly differ: readonly Action[]; readonly same: readonly Action[] } {
  const had = new Set(kind.before?.actions.map(({ action }) => action));
  const { true: same = [], false: differ = [] } = Object.groupBy(kind.actions, ({ action }) => `${had.has(action)}`);
  return { differ, same };
}

/** What the app could do with this kind and no longer would. A merge takes nothing. */
export function lostActions(kind: AskedKind, change: ProposedChange | undefined): readonly string[] {
  if (change?.action !== "replace") return [];
  const asked = new Set(kind.actions.map(({ action }) => action));
  return (kind.before?.actions ?? []).filter(({ action }) => !asked.has(action)).map(({ text }) => text);
}

/** Whether every source it comes from now can go on serving it: then there is nothing new to choose. */
export function sourcesStay({ before, sources }: AskedKind): boolean {
  const usable = (id: string) => sources.some((source) => source.id === id && source.usable);
  return before !== undefined && before.sources.length > 0 && before.sources.every(usable);
}

/** What was chosen before is chosen again: the optional actions and the sources of each kind. */
export function chosenBefore(kind: AskedKind): {
  readonly optional: readonly string[];
  readonly sources: readonly string[];
} {
  const optional = actionsOf(kind).same.filter(({ required }) => !required);
  const usable = kind.sources.filter((source) => source.usable).map(({ id }) => id);
  const sources = (kind.before?.sources ?? []).filter((id) => usable.includes(id));
  return {
    optional: optional.map(({ action }) => action),
    sources: sources.length > 0 ? sources : usable.slice(0, 1),
  };
}

/** How a chosen end stands to the one in force. */
export function endDiffers({ change }: Notice, endsAt: number): "longer" | "shorter" | "same" | undefined {
  if (change === undefined) return undefined;
  return endsAt > change.endsAt ? "longer" : endsAt < change.endsAt ? "shorter" : "same";
}
