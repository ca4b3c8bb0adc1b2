import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { decodeJwt } from "jose";
import { expect } from "vitest";
import { dynamodbRecords } from "../../adapters/dynamodb/records.ts";
import { grantType } from "../../protocol/oauth.ts";
import type { RequestScreen } from "../../protocol/wallet.ts";
import type { TestExchange } from "./exchange.ts";
import type { network } from "./network.ts";
import { answered, refusal } from "./parties.ts";

type Network = Awaited<ReturnType<typeof network>>;

/** One of everything a party can stand at: a consent with tokens, an approval to collect, a request to answer, a token of its own. */
export interface Standing {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly approved: string;
  readonly waiting: { readonly auth_req_id: string; readonly screen: RequestScreen };
  readonly protection: string;
  readonly personId: string;
  /** The person as the app knows them. */
  readonly sub: string;
}

/** What each gate answers when all is in order. */
export const inOrder: Readonly<Record<string, string>> = {
  "a new request": "200",
  "polling an open request": "400 authorization_pending",
  refreshing: "200",
  "refreshing for the other source": "200",
  introspecting: "active: true",
  revoking: "200",
  "a token of its own": "200",
  "using a token of its own": "200",
  "the list of requests": "listed",
  approving: "200",
  "redeeming an approval": "200",
};

async function outcome(response: Response): Promise<string> {
  return response.ok ? String(response.status) : refusal(response);
}

/** Every gate of the exchange a party comes to, and what stands before each. */
export function gatesOf(exchange: () => TestExchange, net: () => Network) {
  async function standing(): Promise<Standing> {
    await exchange().settled();
    for (const { id } of await net().june.requests()) await net().june.decline(await net().june.screen(id));
    await approvedRequest(); // every cache has seen every party
    const { access_token, refresh_token, id_token } = await redeem(await approvedRequest());
    const approved = await approvedRequest();
    const auth_req_id = await ask();
    const screen = await net().june.waiting();
    const protection = await net().provincial.token("uma_protection");
    const personId = (await records().consents.find(screen.id))?.value.personId ?? "";
    const given = {
      access_token: String(access_token),
      refresh_token: String(refresh_token),
      approved,
      waiting: { auth_req_id, screen },
      protection,
      personId,
      sub: String(decodeJwt(String(id_token)).sub),
    };
    // A test's clock begins before the last one's end: no cache keeps what it read then.
    for (const gate of ["introspecting", "using a token of its own"])
      expect(await gates[gate]?.(given)).toBe(inOrder[gate]);
    return given;
  }

  const records = () =>
    dynamodbRecords(
      DynamoDBDocumentClient.from(exchange().dynamodb.client(), { marshallOptions: { removeUndefinedValues: true } }),
      exchange().tables.records,
    );
  const request = async () =>
    net().app.post("/bc-authorize", {
      scope: "openid immunization-history.read",
      login_hint: await net().june.code("app"),
      binding_message: "A",
    });
  const ask = async () => String((await answered(request()))["auth_req_id"]);
  const approvedRequest = async () => {
    const auth_req_id = await ask();
    expect((await net().june.approve(await net().june.waiting())).status).toBe(200);
    return auth_req_id;
  };
  const resource = "https://registry.test";
  const redemption = (auth_req_id: string) =>
    net().app.post("/token", { grant_type: grantType.ciba, auth_req_id, resource });
  const redeem = (auth_req_id: string) => answered(redemption(auth_req_id));

  /** Every gate. */
  const gates: Readonly<Record<string, (given: Standing) => Promise<string>>> = {
    "a new request": async () => outcome(await request()),
    "polling an open request": async ({ waiting }) => refusal(redemption(waiting.auth_req_id)),
    refreshing: async ({ refresh_token }) =>
      outcome(await net().app.post("/token", { grant_type: "refresh_token", refresh_token, resource })),
    "refreshing for the other source": async ({ refresh_token }) =>
      outcome(
        await net().app.post("/token", { grant_type: "refresh_token", refresh_token, resource: "https://clinic.test" }),
      ),
    introspecting: async ({ access_token }) => {
      const response = await net().provincial.post("/introspect", { token: access_token });
      return response.ok ? `active: ${((await response.json()) as { active: boolean }).active}` : refusal(response);
    },
    revoking: async () => outcome(await net().app.post("/revoke", { token: "rt_r1none" })),
    "a token of its own": async () =>
      outcome(await net().provincial.post("/token", { grant_type: "client_credentials", scope: "uma_protection" })),
    "using a token of its own": async ({ protection }) =>
      outcome(await net().provincial.call("GET", "/rreg?resource_owner=x", protection)),
    "the list of requests": async ({ waiting }) => {
      const response = await net().june.call("GET", "/wallet/requests");
      if (!response.ok) return refusal(response);
      const { requests } = (await response.json()) as { requests: { id: string }[] };
      return requests.some(({ id }) => id === waiting.screen.id) ? "listed" : "not listed";
    },
    approving: async ({ waiting }) => outcome(await net().june.approve(waiting.screen)),
    "redeeming an approval": async ({ approved }) => outcome(await redemption(approved)),
  };
  async function answers(given: Standing): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const [gate, at] of Object.entries(gates)) found[gate] = await at(given);
    return found;
  }

  return { standing, records, redemption, gates, answers };
}
