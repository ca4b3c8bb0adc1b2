import type { CeremonyOptions, Confirmation, ConfirmedAct } from "../../protocol/wallet-ceremonies.ts";
import type { DeviceView } from "../../protocol/wallet-devices.ts";
import type { PasskeyView } from "../../protocol/wallet-passkeys.ts";
import type { SessionView } from "../../protocol/wallet-sessions.ts";
import type { Call } from "./call.ts";

interface Passkeys {
  readonly passkeys: readonly PasskeyView[];
}

/** How a person gets in: their passkeys and their sessions. */
export function accountOver(call: Call) {
  const at = (path: string, id: string, step = "") => `/wallet/${path}/${encodeURIComponent(id)}${step}`;
  return {
    signOutElsewhere: () => call<void>("POST", "/wallet/session/end-others"),
    sessions: async () => (await call<{ sessions: SessionView[] }>("GET", "/wallet/sessions")).sessions,
    endSession: (id: string) => call<void>("DELETE", at("sessions", id)),
    confirmOptions: (act: ConfirmedAct, about: string) =>
      call<CeremonyOptions>("POST", "/wallet/confirm/options", { act, about }),
    devices: async () => (await call<{ devices: DeviceView[] }>("GET", "/wallet/devices")).devices,
    renameDevice: (id: string, name: string) => call<void>("PUT", at("devices", id), { name }),
    removeDevice: (id: string) => call<void>("DELETE", at("devices", id)),
    passkeys: async () => (await call<Passkeys>("GET", "/wallet/passkeys")).passkeys,
    passkeyOptions: (confirmation: Confirmation) =>
      call<CeremonyOptions>("POST", "/wallet/passkeys/options", confirmation),
    addPasskey: async (name: string, challenge: string, response: unknown) =>
      (await call<Passkeys>("POST", "/wallet/passkeys", { name, challenge, response })).passkeys,
    renamePasskey: (id: string, name: string) => call<void>("PUT", at("passkeys", id), { name }),
    removePasskey: async (id: string, confirmation: Confirmation) =>
      (await call<Passkeys>("POST", at("passkeys", id, "/remove"), confirmation)).passkeys,
  };
}
