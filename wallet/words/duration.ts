const UNITS = [
  ["year", /(\d+)Y/],
  ["month", /(\d+)M/],
  ["week", /(\d+)W/],
  ["day", /(\d+)D/],
  ["hour", /T(\d+)H/],
] as const;

/** An ISO 8601 duration as words: `P90D` is "90 days". */
export function durationWords(duration: string, language: string): string {
  const [date = "", time] = duration.split("T");
  const parts = UNITS.flatMap(([unit, pattern]) => {
    const amount = pattern.exec(unit === "hour" ? `T${time ?? ""}` : date)?.[1];
    return amount === undefined ? [] : [amountWords(Number(amount), unit, language)];
  });
  return new Intl.ListFormat(language, { type: "unit" }).format(parts);
}

/** "3 hours", "1 minute": an amount with its unit in full. */
export function amountWords(
  amount: number,
  unit: "year" | "month" | "week" | "day" | "hour" | "minute" | "second",
  language: string,
): string {
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(amount);
}
