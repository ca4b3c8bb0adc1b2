import { grantType } from "../../protocol/oauth.ts";
import { immunizations, type network } from "./network.ts";
import { answered, type Party } from "./parties.ts";

type Network = Awaited<ReturnType<typeof network>>;

export const authorization_details = JSON.stringify([{ type: immunizations, actions: ["read"] }]);

/** The back-channel door as the network's app uses it, or another Client. */
export function backchannel(net: () => Network) {
  const ask = (more: Record<string, string | undefined> = {}, app: Party = net().app) =>
    app.post("/bc-authorize", {
      scope: "openid",
      login_hint: "nobody",
      binding_message: "K7Q 2M9",
      authorization_details,
      ...more,
    });
  return {
    ask,
    asked: async (login_hint: string, app: Party = net().app) =>
      String((await answered(ask({ login_hint }, app)))["auth_req_id"]),
    /** For the first source of the network. */
    poll: (auth_req_id: string, app: Party = net().app) =>
      app.post("/token", { grant_type: grantType.ciba, auth_req_id, resource: "https://registry.test" }),
  };
}
