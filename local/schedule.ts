const milliseconds: Readonly<Record<string, number>> = { minute: 60_000, day: 86_400_000 };

/** EventBridge's `rate(n minutes)` and `rate(n days)`; returns what stops it. */
export function scheduled(expression: string, invoke: (event: unknown) => Promise<unknown>) {
  const [, value, unit = ""] = /^rate\((\d+) (minute|day)s?\)$/.exec(expression) ?? [];
  const every = Number(value) * (milliseconds[unit] ?? Number.NaN);
  if (Number.isNaN(every)) throw new Error(`schedule: ${expression} is not known here`);
  const timer = setInterval(() => {
    const event = {
      "detail-type": "Scheduled Event",
      source: "aws.events",
      time: new Date().toISOString(),
      detail: {},
    };
    invoke(event).catch(() => {});
  }, every);
  return () => clearInterval(timer);
}
