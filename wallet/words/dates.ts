const DAY = 86_400;

/** "23 December 2026" in the person's own zone and language. */
export const day = (at: number, language: string): string =>
  firstOf(language, new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(at * 1_000)).replaceAll(
    " ",
    "\u00a0",
  ); // stays on one line

/** "23 Dec", and the year only when it is another one. */
export function shortDay(at: number, now: number, language: string): string {
  const sameYear = new Date(at * 1_000).getFullYear() === new Date(now * 1_000).getFullYear();
  const year = sameYear ? {} : { year: "numeric" as const };
  return firstOf(
    language,
    new Intl.DateTimeFormat(language, { day: "numeric", month: "short", ...year }).format(at * 1_000),
  );
}

/** "09:14"; "9 h 14" stays on one line. */
export const clock = (at: number, language: string): string =>
  new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(at * 1_000).replaceAll(" ", "\u00a0");

/** A time of the clock as people write it: "22:00" is "10:00 PM" in some places. */
export const clockTime = (time: string, language: string): string =>
  new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone: "UTC" }).format(new Date(`1970-01-01T${time}Z`));

/** Whose clock, in a word: "America/Port_of_Spain" is "Port of Spain". */
export const placeOf = (timeZone: string): string => timeZone.split("/").at(-1)?.replaceAll("_", " ") ?? timeZone;

/** The same where the zone is of no place: "Coordinated Universal Time" for "UTC". */
export function zoneWords(timeZone: string, language: string): string {
  if (/^(?!Etc\/).+\//.test(timeZone)) return placeOf(timeZone);
  const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: "long" }).formatToParts();
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}

/** "9:14", large on a lock screen: without "a.m.". */
export const clockFace = (at: number, language: string): string =>
  new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" })
    .formatToParts(at * 1_000)
    .filter(({ type }) => type !== "dayPeriod")
    .map(({ value }) => value)
    .join("")
    .trim();

/** "today", "yesterday", "3 days ago", and from two weeks on the month: "May 2025". */
export function since(at: number, now: number, language: string): { recent: boolean; words: string } {
  const days = Math.round((midnight(now) - midnight(at)) / DAY);
  if (days >= 14) {
    const month = new Intl.DateTimeFormat(language, { month: "long", year: "numeric" }).format(at * 1_000);
    return { recent: false, words: month };
  }
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-Math.max(days, 0), "day");
  return { recent: true, words };
}

/** "today", "yesterday", "3 days ago", and from two weeks on the day. */
export function lately(at: number, now: number, language: string): string {
  const { recent, words } = since(at, now, language);
  return recent ? words : shortDay(at, now, language);
}

/** Which greeting fits the hour on the person's clock. */
export function partOfDay(now: number): "morning" | "afternoon" | "evening" {
  const hour = new Date(now * 1_000).getHours();
  if (hour >= 5 && hour < 12) return "morning";
  return hour >= 12 && hour < 18 ? "afternoon" : "evening";
}

/** In French the first of a month is "1er", which Intl does not say. */
const firstOf = (language: string, date: string) => (/^fr/.test(language) ? date.replace(/^1(?=\s)/, "1er") : date);

const midnight = (at: number) => new Date(at * 1_000).setHours(0, 0, 0, 0) / 1_000;
