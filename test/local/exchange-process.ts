import { localExchange } from "../../local/exchange.ts";

/** An exchange in a process of its own, to be killed. */
const [folder = "", assembly = "", dist = ""] = process.argv.slice(2);
const { origins } = await localExchange({ folder, assembly, dist });
console.log(JSON.stringify(origins));
