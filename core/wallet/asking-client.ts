import { decodeJwt } from "jose";
import type { AskingClient } from "../../protocol/wallet-asks.ts";
import { pictured } from "../logo.ts";
import type { Client } from "../party.ts";

/** UX-01: who asks, as it is registered, and whose word its name is. A software statement vouches for what it says (RFC 7591 §2.3), and for no name it does not say. */
export function askingClient(client: Client): AskingClient {
  const { client_name: name, client_uri: uri, registeredAt, registrationTokenHash } = client;
  const vouchedBy = voucherOf(client);
  return {
    name,
    registeredAt,
    ...pictured(client),
    ...(uri !== undefined && { uri }),
    ...(vouchedBy === undefined
      ? { namedBy: registrationTokenHash === undefined ? "operator" : "itself" }
      : { namedBy: "statement", vouchedBy }),
  };
}

/** It was verified when it was registered. */
function voucherOf({ software_statement, client_name }: Client): string | undefined {
  if (software_statement === undefined) return undefined;
  const { iss = "", client_name: said } = decodeJwt(software_statement);
  return said === client_name ? new URL(iss).host : undefined;
}
