/** A one-time code in its two groups, however it was sent: `k7qf2m9p` is `K7QF-2M9P`. */
export function grouped(code: string): readonly [string, string] {
  const plain = code.replace(/[^0-9a-z]/gi, "").toUpperCase();
  const middle = Math.ceil(plain.length / 2);
  return [plain.slice(0, middle), plain.slice(middle)];
}

/** The same for the ear: each character by itself, a pause between the groups. */
export const spelled = (code: string): string => spelledInGroups(grouped(code));

/** Any number of groups for the ear. */
export const spelledInGroups = (groups: readonly string[]): string =>
  groups.map((group) => [...group].join(" ")).join(", ");
