import { base64url } from "jose";
import { sha256 } from "../../protocol/canonical-json.ts";
import { DeviceRequest, type PushKey, type WebPushSubscription } from "../../protocol/wallet.ts";
import { now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Device } from "../person.ts";
import { phoneId } from "../phone-endpoint.ts";
import { keptChanging } from "../rewritten.ts";
import { seal } from "../seal.ts";
import { parsedBody } from "./body.ts";
import type { SignedIn } from "./session.ts";
import type { Wallet, WalletRequest } from "./wallet.ts";

/** `POST /wallet/devices`, at every start of Navigator and of a Wallet that rings. The token or subscription is this person's from now on and nobody else's (UX-58, N-75). */
export async function registerDevice(as: Wallet, who: SignedIn, request: WalletRequest): Promise<void> {
  const reached = parsedBody(DeviceRequest, request);
  const { id, ...reachable } = await registered(as, reached);
  const device: Device = { ...begun(as, who, reached), ...reachable };
  for (let attempt = 0; attempt < 10; attempt++) {
    if ((await as.records.devices.insert(id, device)) === "inserted") return;
    const stored = await as.records.devices.find(id);
    const next = stored && { ...device, ...keptOf(stored.value, who.personId) };
    if (next && (await as.records.devices.replace(id, stored, next)) === "replaced") return;
  }
  throw keptChanging("the device");
}

function begun(as: Wallet, { personId, session }: SignedIn, { described }: DeviceRequest) {
  const at = now(as);
  return { personId, addedAt: at, registeredAt: at, session: session.hash, ...(described && { described }) };
}

/** What stays when the same person registers it once more; of somebody else's, nothing. */
function keptOf(
  { personId, addedAt, name, rung }: Device,
  by: string,
): Partial<Pick<Device, "addedAt" | "name" | "rung">> {
  return personId === by ? { addedAt, ...(name && { name }), ...(rung && { rung }) } : {};
}

/** `GET /wallet/devices/key` (RFC 8292 §4). */
export async function pushKey({ vapidKey }: Pick<Wallet, "vapidKey">): Promise<PushKey> {
  return { applicationServerKey: await vapidKey.publicKey() };
}

type Own = keyof ReturnType<typeof begun> | keyof ReturnType<typeof keptOf>;
type Reached<D = Device> = D extends Device ? Omit<D, Own> & { readonly id: string } : never;

async function registered(as: Wallet, reached: DeviceRequest): Promise<Reached> {
  if (reached.platform === "WEB") return subscribed(as, reached.subscription);
  const { platform, token } = reached;
  const endpointArn = await as.pushEndpoints.register(platform, token);
  return { id: await phoneId(endpointArn), platform, endpointArn };
}

/** The address is a stranger's: one the egress client would not go to is not kept. */
async function subscribed(as: Wallet, subscription: WebPushSubscription): Promise<Reached> {
  const { endpoint, keys } = subscription;
  if (!as.egress.admits(endpoint)) throw new OAuthError("invalid_request", "a push service at no public address");
  if (!(await isPoint(keys.p256dh))) throw new OAuthError("invalid_request", "p256dh is no point of P-256");
  return {
    id: await sha256(`WEB ${endpoint}`),
    platform: "WEB",
    subscription: await seal(as, "subscription", JSON.stringify(subscription)),
    pushService: await sha256(new URL(endpoint).origin),
  };
}

/** Whether something can be encrypted to it (RFC 8291 §3.1). */
async function isPoint(p256dh: string): Promise<boolean> {
  const bytes = Uint8Array.from(base64url.decode(p256dh));
  return crypto.subtle.importKey("raw", bytes, { name: "ECDH", namedCurve: "P-256" }, false, []).then(
    () => true,
    () => false,
  );
}
