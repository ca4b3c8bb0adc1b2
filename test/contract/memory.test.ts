import { memoryGuards } from "../../adapters/memory/guards.ts";
import { memorySignIns } from "../../adapters/memory/sign-ins.ts";
import { memoryStore } from "../../adapters/memory/store.ts";
import { memoryUses } from "../../adapters/memory/uses.ts";
import { guardsContract, signInsContract, storeContract, thingKind, usesContract } from "./store.ts";

storeContract("memory", async () => memoryStore(new Map(), thingKind));
guardsContract("memory", async (now) => memoryGuards(now));
usesContract("memory", async () => memoryUses());
signInsContract("memory", async () => memorySignIns());
