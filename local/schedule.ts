/** EventBridge's `rate(n minutes)`; returns what stops it. */
export function scheduled(expression: string, invoke: (event: unknown) => Promise<unknown>) {
  const minutes = Number(/^rate\((\d+) minutes?\)$/.exec(expression)?.[1]);
  if (Number.isNaN(minutes)) throw new Error(`schedule: ${expression} is not known here`);
  const timer = setInterval(() => {
    const event = {
      "detail-type": "Scheduled Event",
      source: "aws.events",
      time: new Date().toISOString(),
      detail: {},
    };
    invoke(event).catch(() => {});
  }, minutes * 60_000);
  return () => clearInterval(timer);
}
