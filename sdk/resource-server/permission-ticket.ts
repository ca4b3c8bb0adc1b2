import type { PermissionResponse } from "../../protocol/uma.ts";
import type { NeededPermissions } from "./needed.ts";
import { posted } from "./protection.ts";
import type { RefusedAccess } from "./refused-access.ts";
import type { ResourceServer } from "./resource-server.ts";

/**
 * Puts on a refusal how the Client can go on: a ticket for exactly what its request needs, or that none can be had.
 *
 * @see UMA Grant §3.2, UMA FedAuthz §4
 */
export async function offer(
  refusal: RefusedAccess,
  permissions: NeededPermissions,
  { options, exchange, protection }: Pick<ResourceServer, "options" | "exchange" | "protection">,
): Promise<void> {
  refusal.uma = "unreachable";
  if (refusal.code === "temporarily_unavailable") return;
  try {
    const token = await protection();
    const { ticket } = await posted<PermissionResponse>(await exchange(), token, "permission_endpoint", permissions);
    refusal.uma = { as_uri: options.issuer, ticket };
  } catch (failure) {
    refusal.message += `; no ticket: ${failure}`;
  }
}
