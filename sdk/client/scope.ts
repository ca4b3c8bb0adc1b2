/** The scope of a question: `openid`, which every answer's `sub` needs, and each value once. */
export function scopeOf(scope = ""): string {
  const values = ["openid", ...scope.split(" ")].filter((value) => value !== "");
  return [...new Set(values)].join(" ");
}
