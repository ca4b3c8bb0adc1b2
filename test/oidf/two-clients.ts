import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { protect } from "../../sdk/resource-server/protect.ts";
import { resourceServer } from "../../sdk/resource-server/resource-server.ts";
import { dynalite } from "../support/dynamodb.ts";
import { issuer, type TestExchange, testExchange } from "../support/exchange.ts";
import { immunizations, network } from "../support/network.ts";
import { type KeyPair, type Party, privateJwk } from "../support/parties.ts";
import { redirectDoor, redirecting } from "../support/redirect.ts";

type Network = Awaited<ReturnType<typeof network>>;

/** What the suite wants configured: two Clients that may ask the same, a person who can answer, and a resource endpoint. To be called once in a file. */
export function twoClients(metadata: object = redirecting) {
  let exchange: TestExchange;
  let net: Network;
  let first: Party;
  let second: Party;
  beforeAll(async () => {
    exchange = await testExchange(await dynalite());
    net = await network(exchange);
    [first, second] = await Promise.all([net.client("First", metadata), net.client("Second", metadata)]);
    // The Resource Server's kit reads the exchange's keys.
    vi.stubGlobal("fetch", exchange.fetch);
  });
  afterAll(async () => {
    vi.unstubAllGlobals();
    await exchange.close();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  return {
    exchange: () => exchange,
    net: () => net,
    first: () => first,
    second: () => second,
    later(seconds: number) {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
      vi.setSystemTime(Date.now() + seconds * 1000);
    },
    resource: clinic(() => net),
    ...redirectDoor(
      () => exchange,
      () => net,
      () => first,
    ),
  };
}

interface Sent {
  readonly party: Party;
  readonly authorization?: string;
  readonly dpop?: string | undefined;
  readonly proof?: { keys?: KeyPair; claims?: Record<string, unknown>; header?: Record<string, unknown> };
}

/** The clinic's records behind the Resource Server kit, with the exchange's own introspection. */
function clinic(net: () => Network) {
  const url = "https://clinic.test/records";
  let handler: ((request: Request) => Promise<Response>) | undefined;
  return async (token: string, { party, authorization = `DPoP ${token}`, proof, ...more }: Sent): Promise<Response> => {
    const { lakeside } = net();
    handler ??= protect(
      resourceServer({
        issuer,
        client_id: lakeside.clientId,
        key: { ...(await privateJwk(lakeside.keys)), kid: "sig-1" },
        resource: "https://clinic.test",
        cacheSeconds: 0,
        fetch: fetch as never,
      }),
      { type: immunizations, action: "read" },
    )(() => Response.json({}));
    const dpop = "dpop" in more ? more.dpop : await party.proof("GET", url, { token, ...proof });
    return handler(new Request(url, { headers: { authorization, ...(dpop !== undefined && { dpop }) } }));
  };
}
