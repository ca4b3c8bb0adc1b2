import { eraseWhoAsked } from "../core/erasure.ts";
import { erasuresLooked } from "./events.ts";
import { exchange } from "./ports.ts";
import { phoneEndpoints } from "./push-ports.ts";

const as = { ...exchange(process.env), phoneEndpoints: phoneEndpoints(process.env) };

/** Invoked by a schedule, each minute. */
export const handler = async (): Promise<void> => erasuresLooked(await eraseWhoAsked(as));
