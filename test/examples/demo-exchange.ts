import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { exportJWK } from "jose";
import { vi } from "vitest";
import { serve } from "../../examples/demo-network/serve.ts";
import { demoNetwork } from "../../examples/demo-network.ts";
import { bodyOf, listening } from "../../local/http-server.ts";
import { freePorts } from "../../local/ports.ts";
import { serverCertificate } from "../../local/server-certificate.ts";
import { dynalite } from "../support/dynamodb.ts";
import { mtlsOrigin, testExchange, walletOrigin } from "../support/exchange.ts";

/** The built exchange on a port of its own, and the demo network around it. */
export async function demoExchange() {
  const exchange = await testExchange(await dynalite());
  const ports = await freePorts();
  const issuer = `http://localhost:${ports.issuer}`;
  // the handlers read their environment when the first request comes
  vi.stubEnv("ISSUER", issuer);
  vi.stubEnv("MTLS_ORIGIN", `https://localhost:${ports.mtls}`);
  vi.stubEnv("ALLOW_LOOPBACK", "true");
  const served = await serve(ports.issuer, (request) => exchange.fetch(request));
  const folder = await mkdtemp(join(tmpdir(), "fpx-demo-"));
  const tls = await serverCertificate(join(folder, "mtls"));
  const mtls = await listening(
    async (request, response) => {
      const certificate = (request.socket as TLSSocket).getPeerCertificate().raw?.toString("base64");
      const { host: _, connection: __, "transfer-encoding": ___, ...sent } = request.headers;
      const headers = { ...sent, ...(certificate !== undefined && { "client-cert": `:${certificate}:` }) };
      const body = request.method === "POST" ? { body: new Uint8Array(await bodyOf(request)) } : {};
      const answer = await exchange.fetch(mtlsOrigin + request.url, {
        method: request.method ?? "GET",
        headers: headers as Record<string, string>,
        ...body,
      });
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    },
    ports.mtls,
    tls,
  );
  const operatorKey = await exportJWK(exchange.operatorKey);
  const start = () => demoNetwork({ issuer, wallet: walletOrigin, ports, folder, operatorKey });

  return {
    exchange,
    issuer,
    folder,
    mtlsCaFile: tls.caFile,
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
      mtls.close();
      await served.close();
      await exchange.close();
      await rm(folder, { recursive: true });
    },
  };
}
