/** The attacks that must fail, by their ids: each has a test whose title names it, or a reason in {@link notApplicable}. */
const numbers = [...Array.from({ length: 55 }, (_, n) => n + 1), 70, 72, 73, 74, 79, 80];
export const attacks: readonly string[] = numbers.map((n) => `N-${String(n).padStart(2, "0")}`);

export const notApplicable: Readonly<Record<string, string>> = {};
