import { memoryGuards } from "../../adapters/memory/guards.ts";
import { memoryStore } from "../../adapters/memory/store.ts";
import { guardsContract, storeContract, thingKind } from "./store.ts";

storeContract("memory", async () => memoryStore(new Map(), thingKind));
guardsContract("memory", async (now) => memoryGuards(now));
