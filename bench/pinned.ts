import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";

/** The servers share one core, the load has the other. */
export const [SERVERS, LOAD] = [0, 1] as const;

export const canPin = availableParallelism() > 1 && spawnSync("taskset", ["-c", "0", "true"]).status === 0;

/** This process with all its threads. */
export function pinSelf(core: number): void {
  if (canPin) spawnSync("taskset", ["-acp", String(core), String(process.pid)]);
}

/** A program of the bench in a process of its own, on one core, spoken to by messages. */
export function program(file: string, args: readonly string[], core?: number, options: readonly string[] = []) {
  const command = [process.execPath, "--no-warnings", ...options, new URL(file, import.meta.url).pathname, ...args];
  const pinned = core === undefined || !canPin ? command : ["taskset", "-c", String(core), ...command];
  const [name = "", ...rest] = pinned;
  const child = spawn(name, rest, {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    serialization: "advanced",
    // oidc-provider writes no log.
    env: { ...process.env, POWERTOOLS_LOG_LEVEL: "SILENT" },
  });
  return {
    ask: <T>(question: object) => answerOf<T>(child, question, `${file} ${args.join(" ")}`),
    end: () => void (child.connected && child.disconnect()),
  };
}

/** One question at a time; a program that ends instead of answering is an error with its name. */
async function answerOf<T>(child: ChildProcess, question: object, name: string): Promise<T> {
  if (child.exitCode !== null || !child.connected) throw new Error(`${name} has ended`);
  child.send(question);
  const gone = new AbortController();
  const exit = once(child, "exit", { signal: gone.signal }).then(([code]) => {
    throw new Error(`${name} ended with ${code}: see above`);
  });
  exit.catch(() => {});
  try {
    const [answer] = await Promise.race([once(child, "message"), exit]);
    return answer as T;
  } finally {
    gone.abort();
  }
}

/** The other side: answers each question; an error ends the program. */
export function answering(answer: (question: never) => Promise<unknown>): void {
  process.on("message", async (question) => process.send?.(await answer(question as never)));
  process.on("disconnect", () => process.exit());
}
