/** The part of ISO 8601 durations that consents use: years, months, weeks, days, hours. */
const PATTERN = /^P(?=\w)(?:(\d{1,3})Y)?(?:(\d{1,3})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,5})H)?)?$/;

const DAY = 86_400;

/** Seconds of an ISO 8601 duration (a month is 30 days, a year 365), or undefined if it is none. */
export function seconds(duration: string): number | undefined {
  const match = PATTERN.exec(duration);
  if (match === null) return undefined;
  const [years, months, weeks, days, hours] = match.slice(1).map((part) => Number(part ?? 0));
  return ((years ?? 0) * 365 + (months ?? 0) * 30 + (weeks ?? 0) * 7 + (days ?? 0)) * DAY + (hours ?? 0) * 3600;
}
