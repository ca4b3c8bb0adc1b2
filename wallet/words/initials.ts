/** One or two letters that stand for a name where no picture is known: "My Immunizations" is "MI". */
export function initials(name: string): string {
  const [first, second] = name.split(/\s+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  return [first, second].map((word) => [...(word ?? "")][0]?.toUpperCase() ?? "").join("");
}
