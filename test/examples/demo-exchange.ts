import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK } from "jose";
import { vi } from "vitest";
import { serve } from "../../examples/demo-network/serve.ts";
import { demoNetwork } from "../../examples/demo-network.ts";
import { freePorts } from "../../local/ports.ts";
import { dynalite } from "../support/dynamodb.ts";
import { testExchange, walletOrigin } from "../support/exchange.ts";

/** The built exchange on a port of its own, and the demo network around it. */
export async function demoExchange() {
  const exchange = await testExchange(await dynalite());
  const ports = await freePorts();
  const issuer = `http://localhost:${ports.issuer}`;
  // the handlers read their environment when the first request comes
  vi.stubEnv("ISSUER", issuer);
  vi.stubEnv("ALLOW_LOOPBACK", "true");
  const served = await serve(ports.issuer, (request) => exchange.fetch(request));
  const folder = await mkdtemp(join(tmpdir(), "fpx-demo-"));
  const operatorKey = await exportJWK(exchange.operatorKey);
  const start = () => demoNetwork({ issuer, wallet: walletOrigin, ports, folder, operatorKey });

  return {
    exchange,
    issuer,
    folder,
    operatorKey,
    client: `http://localhost:${ports.client}`,
    registry: `http://localhost:${ports.registry}`,
    clinic: `http://localhost:${ports.clinic}`,
    /** June's numbers at the sources' own sign-in. */
    numbers: {
      [`http://localhost:${ports.registry}`]: "48213",
      [`http://localhost:${ports.clinic}`]: "lfc-0977",
    } as Readonly<Record<string, string>>,
    /** Starts the demo network; to be closed before it is started again. */
    start,
    async close() {
      await served.close();
      await exchange.close();
      await rm(folder, { recursive: true });
    },
  };
}
