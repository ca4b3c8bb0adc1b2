import { appendFileSync } from "node:fs";

export type FunctionLog = (name: string, stream: "stdout" | "stderr", line: string) => void;

/** What the functions write, a line of JSON each: their own JSON as it is, anything else as a message. */
export function functionLog(file: string, show: (line: string) => void): FunctionLog {
  return (name, stream, line) => {
    const entry = { time: new Date().toISOString(), function: name, ...(parsed(line) ?? { stream, message: line }) };
    appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    if (stream === "stderr") show(`${name}: ${line}`.slice(0, 300));
  };
}

function parsed(line: string): object | undefined {
  try {
    const value = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
