import type { DeviceView } from "../../protocol/wallet-devices.ts";
import { RenameRequest } from "../../protocol/wallet-passkeys.ts";
import { noted } from "../account-event.ts";
import { now } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import type { Device } from "../person.ts";
import { removed, rewritten } from "../rewritten.ts";
import { signedOut } from "../sign-out.ts";
import { parsedBody } from "./body.ts";
import type { SignedIn } from "./session.ts";
import type { Wallet, WalletRequest } from "./wallet.ts";

interface Listed {
  readonly devices: readonly DeviceView[];
}

/** `GET /wallet/devices`. */
export async function listDevices(as: Wallet, who: SignedIn): Promise<Listed> {
  const ids = await as.records.find.ofPerson(who.personId, "device");
  const found = await Promise.all(ids.map(async (id) => ({ id, device: (await as.records.devices.find(id))?.value })));
  return {
    devices: found.flatMap(({ id, device }) => (device?.personId === who.personId ? [viewOf(id, device, who)] : [])),
  };
}

/** `PUT /wallet/devices/{id}`. */
export async function renameDevice(as: Wallet, who: SignedIn, request: WalletRequest, id: string): Promise<void> {
  const { name } = parsedBody(RenameRequest, request);
  await ownDevice(as, who, id);
  await rewritten<Device>(as.records.devices, id, (device) =>
    device?.personId === who.personId ? { ...device, name } : undefined,
  );
}

/** `DELETE /wallet/devices/{id}`: it rings no more and, if it is not the one this is asked from, is signed out within seconds; that comes first, so that a device still listed can be removed again. */
export async function removeDevice(as: Wallet, who: SignedIn, id: string): Promise<void> {
  const { session, addedAt, described, name = described } = await ownDevice(as, who, id);
  const at = now(as);
  await rewritten(as.records.people, who.personId, (person) => {
    if (person === undefined) return undefined;
    const left = session === who.session.hash ? person : signedOut(person, { at, session }, who.session);
    return noted(left, { at, what: "device_removed", device: name, since: addedAt });
  });
  await removed(as.records.devices, id, ({ personId }) => personId === who.personId);
}

/** What was registered in a session that its person ended rings no more. */
export async function devicesLeft(
  as: Wallet,
  { personId, session }: { readonly personId: string; readonly session: { readonly hash: string } },
): Promise<void> {
  const ids = await as.records.find.ofPerson(personId, "device");
  await Promise.all(
    ids.map((id) =>
      removed(as.records.devices, id, (device) => device.personId === personId && device.session === session.hash),
    ),
  );
}

async function ownDevice(as: Wallet, { personId }: SignedIn, id: string): Promise<Device> {
  const device = (await as.records.devices.find(id))?.value;
  if (device?.personId !== personId) throw new OAuthError("not_found", "no device of this person");
  return device;
}

function viewOf(id: string, device: Device, who: SignedIn): DeviceView {
  const { platform, described, name = described, addedAt, registeredAt, rung: [last] = [] } = device;
  return {
    id,
    platform,
    addedAt,
    seenAt: registeredAt,
    ...(name !== undefined && { name }),
    ...(last !== undefined && { rang: { at: last.at, result: last.result } }),
    ...(device.session === who.session.hash && { thisOne: true as const }),
  };
}
