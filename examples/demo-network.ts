import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { JWK } from "jose";
import { operator } from "../sdk/operator/operator.ts";
import { definitions } from "./demo-network/definitions.ts";
import { atClinic, atRegistry } from "./demo-network/immunizations.ts";
import { myImmunizations } from "./demo-network/my-immunizations.ts";
import { seedParty, seedRegistry } from "./demo-network/seed.ts";
import { serve } from "./demo-network/serve.ts";
import { source } from "./demo-network/source.ts";

export interface DemoNetworkOptions {
  readonly issuer: string;
  /** Origin of the Wallet, for links on the pages. */
  readonly wallet: string;
  readonly ports: { readonly client: number; readonly registry: number; readonly clinic: number };
  /** Where the demo parties keep their keys and what they remember. */
  readonly folder: string;
  /** Private key of the operator of the exchange. */
  readonly operatorKey: JWK;
}

export interface DemoNetwork {
  /** Lets anyone register a Client for every definition, or a Resource Server. */
  readonly initialAccessToken: string;
  /** Types of the Resource Definitions. */
  readonly definitions: readonly string[];
  close(): Promise<void>;
}

/**
 * An app and two sources around a running exchange: "My Immunizations", the Provincial Immunization Registry, whose tokens
 * are encrypted to it, and the Lakeside Family Clinic. Registers what is not there yet, so it can be started any number of times.
 */
export async function demoNetwork({
  issuer,
  wallet,
  ports,
  folder,
  operatorKey,
}: DemoNetworkOptions): Promise<DemoNetwork> {
  const exchangeOperator = operator({ issuer, key: operatorKey });
  const { initialAccessToken } = await seedRegistry(exchangeOperator);
  const party = async (name: string, wish: Parameters<typeof seedParty>[4]) => {
    const seeded = await seedParty(exchangeOperator, issuer, folder, `${name}.json`, wish);
    const picture = await readFile(join(import.meta.dirname, "demo-network", "logos", `${name}.png`));
    await exchangeOperator.setLogo(wish.kind, seeded.client_id, picture);
    return seeded;
  };
  const client = await party("my-immunizations", {
    kind: "clients",
    client_name: "My Immunizations",
    origin: `http://localhost:${ports.client}`,
  });
  const registry = await party("registry", {
    kind: "resource-servers",
    client_name: "Provincial Immunization Registry",
    origin: `http://localhost:${ports.registry}`,
    encrypts: true,
  });
  const clinic = await party("clinic", {
    kind: "resource-servers",
    client_name: "Lakeside Family Clinic",
    origin: `http://localhost:${ports.clinic}`,
  });
  const app = await myImmunizations({ issuer, wallet, folder, party: client });
  const appName = (client_id: string) => (client_id === client.client_id ? client.client_name : undefined);
  const shared = { issuer, wallet, folder, appName };
  const servers = [
    await serve(ports.client, app.handler),
    await serve(
      ports.registry,
      await source({ ...shared, look: "registry", party: registry, patient: "48213", doses: atRegistry }),
    ),
    await serve(
      ports.clinic,
      await source({ ...shared, look: "clinic", party: clinic, patient: "lfc-0977", doses: atClinic }),
    ),
  ];
  return {
    initialAccessToken,
    definitions: definitions.map(({ type }) => type),
    async close() {
      app.close();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}
