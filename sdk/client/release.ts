import { tokenRevocation } from "openid-client";
import type { Exchange } from "../exchange.ts";
import type { Agreement } from "./agreement.ts";
import { rethrown } from "./refusal.ts";

/**
 * Gives an agreement back: its refresh token and every access token made of it stop working. The person's own record of
 * the consent stays theirs.
 *
 * @throws {Refusal}
 * @see RFC 7009 §2.1
 */
export async function release(exchange: Exchange, { refresh_token }: Pick<Agreement, "refresh_token">): Promise<void> {
  await tokenRevocation(exchange, refresh_token, { token_type_hint: "refresh_token" }).catch(rethrown);
}
