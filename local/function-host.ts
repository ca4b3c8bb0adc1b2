import { join } from "node:path";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { type Json, type Resource, region } from "./assembly.ts";
import type { FunctionLog } from "./log.ts";

export interface FunctionHost {
  /** Resolves when the handler has been imported. */
  ready(): Promise<void>;
  invoke(event: unknown): Promise<Json>;
  close(): Promise<void>;
}

export interface FunctionHostOptions {
  readonly resource: Resource;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: FunctionLog;
}

/** The function did not answer within the time its template gives it. */
export class TimedOut extends Error {}

interface Call {
  readonly resolve: (value: Json) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

const bootstrap = `
const { parentPort, workerData } = require("node:worker_threads");
const imported = import(workerData.url).then((module) => module[workerData.exported]);
imported.then(() => parentPort.postMessage({ ready: true }));
parentPort.on("message", async ({ id, event, context, deadline }) => {
  try {
    const handler = await imported;
    const value = await handler(event, { ...context, getRemainingTimeInMillis: () => deadline - Date.now() });
    parentPort.postMessage({ id, json: JSON.stringify(value) });
  } catch (error) {
    console.error(error);
    parentPort.postMessage({ id, error: String(error?.message ?? error) });
  }
});`;

/** One worker thread for a function, with the environment its template gives it. Unlike Lambda it takes events concurrently. */
export function functionHost({ resource, folder, environment, log }: FunctionHostOptions): FunctionHost {
  const { name, properties } = resource;
  const [file, exported] = properties.Handler.split(".");
  const milliseconds = properties.Timeout * 1000;
  const calls = new Map<string, Call>();
  let current: ReturnType<typeof started> | undefined;
  let closed = false;

  function started() {
    const worker = new Worker(bootstrap, {
      eval: true,
      workerData: { url: pathToFileURL(join(folder, `${file}.mjs`)).href, exported },
      stdout: true,
      stderr: true,
      env: {
        ...environment,
        ...properties.Environment?.Variables,
        AWS_REGION: region,
        // Who calls: the local endpoints look up the rights of this function's role.
        AWS_ACCESS_KEY_ID: name,
        AWS_SECRET_ACCESS_KEY: "local",
        AWS_LAMBDA_FUNCTION_NAME: name,
        TZ: ":UTC",
      },
    });
    for (const stream of ["stdout", "stderr"] as const) eachLine(worker[stream], (line) => log(name, stream, line));
    const ready = new Promise<void>((resolve, reject) => {
      worker.on("message", (message) => (message.ready ? resolve() : settle(message)));
      worker.on("error", (error) => {
        reject(error);
        for (const [id, call] of calls) settle({ id, error: String(error) }, call);
        if (current?.worker === worker) current = undefined;
      });
    });
    ready.catch(() => {});
    return { worker, ready };
  }

  /** A worker that died is started again by the next event. */
  function running() {
    current ??= started();
    return current;
  }

  function settle({ id, json, error }: { id: string; json?: string; error?: string }, call = calls.get(id)) {
    calls.delete(id);
    clearTimeout(call?.timer);
    if (error === undefined) call?.resolve(json === undefined ? undefined : JSON.parse(json));
    else call?.reject(new Error(`${name}: ${error}`));
  }

  return {
    ready: () => running().ready,
    invoke: (event) =>
      new Promise((resolve, reject) => {
        // No answer: what was not taken from the stream is told again at the next start.
        if (closed) return;
        const id = crypto.randomUUID();
        const timer = setTimeout(() => {
          calls.delete(id);
          reject(new TimedOut(`${name}: Task timed out after ${properties.Timeout} seconds`));
        }, milliseconds);
        calls.set(id, { resolve, reject, timer });
        const context = { awsRequestId: id, functionName: name, functionVersion: "$LATEST" };
        running().worker.postMessage({ id, event, context, deadline: Date.now() + milliseconds });
      }),
    close: async () => {
      closed = true;
      for (const { timer } of calls.values()) clearTimeout(timer);
      calls.clear();
      await current?.worker.terminate();
    },
  };
}

function eachLine(stream: Readable, take: (line: string) => void) {
  let rest = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") take(line);
  });
}
