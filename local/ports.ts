import { once } from "node:events";
import { createServer } from "node:net";

/** What stands on the port after the issuer's, and on the ones after that (docs: `npm start -- --port N`). */
export const portsFrom = (first: number) => ({
  issuer: first,
  wallet: first + 1,
  client: first + 2,
  registry: first + 3,
  clinic: first + 4,
  phone: first + 5,
  mtls: first + 6,
});

export type Ports = ReturnType<typeof portsFrom>;

/** Browsers treat localhost as a secure context: passkeys and cookies work there without TLS. */
export const originsOf = (ports: Ports) =>
  Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, `http${name === "mtls" ? "s" : ""}://localhost:${port}`]),
  ) as Readonly<Record<keyof Ports, string>>;

/** The first port of the range that is taken, if any. */
export async function taken(ports: Ports): Promise<number | undefined> {
  for (const port of Object.values(ports)) if (!(await isFree(port))) return port;
  return undefined;
}

/** A range of ports nobody listens on, for tests. */
export async function freePorts(): Promise<Ports> {
  for (;;) {
    const ports = portsFrom(20_000 + 10 * Math.floor(Math.random() * 1_200));
    if ((await taken(ports)) === undefined) return ports;
  }
}

async function isFree(port: number) {
  const server = createServer();
  try {
    await once(server.listen(port, "127.0.0.1"), "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
