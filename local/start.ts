import { rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { demoNetwork } from "../examples/demo-network.ts";
import { assemble } from "./assemble.ts";
import { localExchange } from "./exchange.ts";
import { portsFrom, taken } from "./ports.ts";

/** `npm start [-- --port N] [--fresh]`: the whole exchange on this machine, with the demo network around it. */
const folder = ".fpx";

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function start() {
  const { values } = parseArgs({ options: { port: { type: "string", default: "4000" }, fresh: { type: "boolean" } } });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1024 || port > 65_529)
    throw new Error("--port takes a number from 1024 to 65529.");
  const occupied = await taken(portsFrom(port));
  if (occupied !== undefined)
    throw new Error(
      `Port ${occupied} is in use: end what listens there, or choose others: npm start -- --port ${port + 100}`,
    );
  if (values.fresh) rmSync(folder, { recursive: true, force: true });

  console.log("Building and synthesizing the exchange …");
  await assemble();
  const exchange = await localExchange({ folder, port, show: (line) => console.error(`  ${line}`) });
  const { origins, ports, operatorKey } = exchange;
  const { issuer, wallet, client, registry, clinic, phone, mtls } = origins;
  const demo = await demoNetwork({ issuer, wallet, ports, folder, operatorKey });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);

  writeFileSync(`${folder}/local.json`, `${JSON.stringify(told(), null, 2)}\n`, { mode: 0o600 });
  console.log(guide());

  async function stop() {
    await demo.close();
    await exchange.close();
    process.exit(0);
  }

  function told() {
    return {
      issuer,
      wallet,
      client,
      resourceServers: [registry, clinic],
      phone,
      mtls,
      mtlsCaFile: exchange.mtlsCaFile,
      initialAccessToken: demo.initialAccessToken,
      operatorKey: `${folder}/operator.jwk.json`,
      definitions: demo.definitions,
      failedEvents: exchange.failedEvents,
    };
  }

  function guide() {
    return `
Ready.

  My Immunizations (an app that asks)   ${client}
  June's phone (Navigator)              ${phone}
  The Wallet in a browser               ${wallet}
  Immunization registry (a source)      ${registry}
  Clinic (a source)                     ${clinic}
  The exchange                          ${issuer}/.well-known/openid-configuration
  The same, with client certificates    ${mtls} (its CA: ${exchange.mtlsCaFile})

Start with June's phone: make her account with a passkey. Connect a source with the code the phone shows.
Then open My Immunizations, ask for the records, and answer on the phone.

Everything is kept in ${folder}/ (addresses and keys for programs: ${folder}/local.json). npm start -- --fresh begins anew. Ctrl-C ends.
`;
  }
}
