import { registerHooks } from "node:module";
import type { Start } from "../peers.ts";
import { handlersBehindHttp } from "./handlers.ts";

/** The exchange's handlers on the memory store: only their ports are other ones. */
export function memory(start: Start) {
  const ports = new URL("memory-ports.ts", import.meta.url).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier === "./ports.ts" && context.parentURL?.includes("/functions/") ? ports : specifier, context),
  });
  return handlersBehindHttp(start, () => import("./memory-ports.ts").then(({ exchange }) => exchange()));
}
