import { mendEndpoints } from "../core/phone-endpoint.ts";
import { endpointsLooked } from "./events.ts";
import { exchange } from "./ports.ts";
import { phoneEndpoints } from "./push-ports.ts";

const as = { ...exchange(process.env), phoneEndpoints: phoneEndpoints(process.env) };

/** Invoked by a schedule, each day. */
export const handler = async (): Promise<void> => endpointsLooked(await mendEndpoints(as));
