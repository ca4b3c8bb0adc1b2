import { afterEach, beforeEach, vi } from "vitest";

/** For tests of handlers in process, which read `Date` at each call: it stands still in each test of the file, and moves by so many seconds when the test says so. */
export function stillClock(): (seconds: number) => void {
  beforeEach(still);
  return runningClock();
}

/** The same, but time goes on by itself in a test until it is moved. */
export function runningClock(): (seconds: number) => void {
  afterEach(() => {
    vi.useRealTimers();
  });
  return (seconds) => {
    still();
    vi.setSystemTime(Date.now() + seconds * 1000);
  };
}

function still(): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
}
