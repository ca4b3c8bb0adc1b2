import type { RequestScreen } from "../../protocol/wallet.ts";
import type { TestExchange } from "./exchange.ts";
import { document, immunizations, link, network } from "./network.ts";
import { answered, type Party } from "./parties.ts";
import { redirectDoor, redirecting } from "./redirect.ts";

export const ciba = "urn:openid:params:grant-type:ciba";
export const registrySource = "https://registry.test";
export const clinic = "https://clinic.test";

export interface Granted {
  readonly grant_id: string;
  readonly access_token: string;
  readonly refresh_token: string;
  readonly consentId: string;
}

/** June, whose registry holds documents, too, and a Client that manages its grants of both kinds, through both doors. */
export async function changing(exchange: TestExchange, more: object = {}) {
  const net = await network(exchange);
  await link(net.provincial, String(net.subs.get(net.provincial)), document, ["view", "print"]);
  const purpose = "immunization-calendar";
  const metadata = {
    ...redirecting,
    grant_types: [ciba, ...redirecting.grant_types, "client_credentials"],
    scope: "openid grant_management_query grant_management_revoke",
    capabilities: [
      { type: immunizations, actions: ["read", "subscribe"], purpose },
      { type: document, actions: ["view", "print"], purpose },
    ],
    ...more,
  };
  const manager = await net.client("Manager", metadata);
  const sibling = await net.client("Sibling", metadata);
  const door = redirectDoor(
    () => exchange,
    () => net,
    () => manager,
  );

  const ask = async (more: Record<string, string> = {}, app = manager) =>
    app.post("/bc-authorize", {
      scope: "openid immunization-history.read",
      login_hint: await net.june.code("app"),
      binding_message: "A",
      ...more,
    });
  const redeem = (auth_req_id: unknown, app = manager) =>
    app.post("/token", { grant_type: ciba, auth_req_id: String(auth_req_id), resource: registrySource });
  const refresh = (refresh_token: string, more: Record<string, string> = {}) =>
    manager.post("/token", { grant_type: "refresh_token", refresh_token, ...more });

  /** Asked, approved from the registry alone, and redeemed. */
  async function granted(more: Record<string, string> = {}, app: Party = manager): Promise<Granted> {
    const { auth_req_id } = await answered(ask({ grant_management_action: "create", ...more }, app));
    const screen = await net.june.waiting();
    await answered(net.june.approve(screen, { sources: fromRegistry(screen) }));
    const tokens = (await answered(redeem(auth_req_id, app))) as unknown as Granted;
    return { ...tokens, consentId: screen.id };
  }

  /** A change as asked for, and the screen June has of it. */
  async function asked(grant_id: string, action: "merge" | "replace", more: Record<string, string> = {}) {
    const { auth_req_id } = await answered(ask({ grant_management_action: action, grant_id, ...more }));
    return { auth_req_id: String(auth_req_id), screen: await net.june.waiting() };
  }

  return {
    ...net,
    ...door,
    redeemCode: door.redeem,
    manager,
    sibling,
    ask,
    asked,
    granted,
    redeem,
    refresh,
    consent: (id: string) => answered(net.june.call("GET", `/wallet/consents/${id}`)),
    query: async (grantId: string) =>
      answered(manager.call("GET", `/grants/${grantId}`, await manager.token("grant_management_query"))),
    introspect: (token: string) => answered(net.provincial.post("/introspect", { token })),
  };
}

/** Each kind from the registry alone. */
export function fromRegistry({ notice }: RequestScreen): string[][] {
  return notice.asked.map(({ sources }) =>
    sources.filter(({ usable, name }) => usable && /Registry/.test(name)).map(({ id }) => id),
  );
}
