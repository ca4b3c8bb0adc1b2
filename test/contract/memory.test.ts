import { memoryGuards } from "../../adapters/memory/guards.ts";
import { memoryStore } from "../../adapters/memory/store.ts";
import { memoryUses } from "../../adapters/memory/uses.ts";
import { guardsContract, storeContract, thingKind, usesContract } from "./store.ts";

storeContract("memory", async () => memoryStore(new Map(), thingKind));
guardsContract("memory", async (now) => memoryGuards(now));
usesContract("memory", async () => memoryUses());
