import { turnTokenKeys } from "../core/turn-token-keys.ts";
import { tokenKeysLooked } from "./events.ts";
import { turning } from "./ports.ts";

const as = turning(process.env);

/** Invoked by a schedule, each day. */
export const handler = async (): Promise<void> => tokenKeysLooked(await turnTokenKeys(as));
