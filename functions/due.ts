import { writeWhatIsDue } from "../core/due.ts";
import { clockWrote } from "./events.ts";
import { exchange } from "./ports.ts";

const as = exchange(process.env);

/** Invoked by a schedule, each minute. */
export const handler = async (): Promise<void> => clockWrote(await writeWhatIsDue(as));
