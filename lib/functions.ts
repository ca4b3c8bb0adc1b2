import { type HttpFunction, routes } from "../functions/routes.ts";

/** What a function may do; `lib/rights.ts` turns each of these into IAM statements. */
export type Right =
  | "records"
  | "uses"
  | "definitions"
  | "guards"
  | "scanGuards"
  | "keys"
  | "tokenKeyRing"
  | "tokenKeyPair"
  | "dataKeys"
  | "pushEndpoints"
  | "push"
  | "mendEndpoints"
  | "listEndpoints"
  | "stream"
  | "sendDeliveries"
  | "takeDeliveries";

export interface FunctionSettings {
  readonly rights: readonly Right[];
  readonly memorySize: number;
  /** Seconds. */
  readonly timeout: number;
}

export type FunctionName = HttpFunction | "notify" | "deliver" | "due" | "erase" | "endpoints" | "keys";

const http = { memorySize: 1024, timeout: 10 };

/** Every function, its rights and its size (docs/architecture.md). A new one is a row here and a file `functions/<name>.ts`. */
export const functions: Readonly<Record<FunctionName, FunctionSettings>> = {
  discovery: { ...http, rights: ["definitions", "keys", "tokenKeyPair"] },
  authorize: { ...http, rights: ["records", "guards", "keys", "dataKeys"] },
  token: { ...http, rights: ["records", "uses", "guards", "keys", "dataKeys"] },
  introspect: { ...http, rights: ["records", "uses", "guards", "keys", "dataKeys"] },
  register: { ...http, rights: ["records", "keys", "dataKeys"] },
  protection: { ...http, rights: ["records", "guards", "keys", "dataKeys"] },
  wallet: { ...http, rights: ["records", "guards", "keys", "dataKeys", "pushEndpoints"] },
  operator: { ...http, rights: ["records", "guards", "keys", "dataKeys"] },
  notify: {
    memorySize: 512,
    timeout: 60,
    rights: ["records", "guards", "keys", "dataKeys", "push", "stream", "sendDeliveries"],
  },
  deliver: {
    memorySize: 512,
    timeout: 30,
    rights: ["records", "guards", "keys", "dataKeys", "push", "mendEndpoints", "sendDeliveries", "takeDeliveries"],
  },
  due: { memorySize: 512, timeout: 50, rights: ["records"] },
  erase: {
    memorySize: 512,
    timeout: 300,
    rights: ["records", "guards", "scanGuards", "keys", "dataKeys", "mendEndpoints"],
  },
  endpoints: { memorySize: 512, timeout: 900, rights: ["records", "mendEndpoints", "listEndpoints"] },
  keys: { memorySize: 512, timeout: 30, rights: ["keys", "tokenKeyRing", "tokenKeyPair"] },
};

export const functionNames = Object.keys(functions) as FunctionName[];

/** Those that a route leads to. */
export const httpFunctions: readonly HttpFunction[] = [...new Set(routes.map((route) => route.function))];

/** The function of each path: a path is routed once, for every method, and its function answers 405. */
export const paths: ReadonlyMap<string, HttpFunction> = new Map(routes.map((route) => [route.path, route.function]));
