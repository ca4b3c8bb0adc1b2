import { sha256 } from "../../protocol/canonical-json.ts";
import { DeviceRequest } from "../../protocol/wallet.ts";
import { now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import { parsedBody } from "./body.ts";
import type { SignedIn } from "./session.ts";
import type { Wallet, WalletRequest } from "./wallet.ts";

/** `POST /wallet/devices`, at every start of Navigator. The token is this person's from now on and nobody else's (UX-58, N-75). */
export async function registerDevice(as: Wallet, { personId }: SignedIn, request: WalletRequest): Promise<void> {
  const { platform, token } = parsedBody(DeviceRequest, request);
  const endpointArn = await as.pushEndpoints.register(platform, token);
  const id = await sha256(`${platform} ${token}`);
  const device = { personId, platform, endpointArn, registeredAt: now(as) };
  for (let attempt = 0; attempt < 10; attempt++) {
    if ((await as.records.devices.insert(id, device)) === "inserted") return;
    const stored = await as.records.devices.find(id);
    if (stored !== undefined && (await as.records.devices.replace(id, stored, device)) === "replaced") return;
  }
  throw new OAuthError("temporarily_unavailable", "the device kept changing", { headers: { "retry-after": "1" } });
}
