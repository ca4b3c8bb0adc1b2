/** One or two letters, or one sign, that stand for a name where no picture is known: "My Immunizations" is "MI". */
export function initials(name: string): string {
  const [first, second] = name.split(/\s+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  if (first === undefined) return [...new Intl.Segmenter().segment(name)][0]?.segment ?? "";
  return [first, second].map((word) => [...(word ?? "")][0]?.toUpperCase() ?? "").join("");
}
