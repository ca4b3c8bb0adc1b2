import type { Me, Session } from "../../protocol/wallet.ts";
import type { CeremonyOptions, Confirmation } from "../../protocol/wallet-ceremonies.ts";
import type { BegunRecovery, RecoveryCode, RecoveryWait } from "../../protocol/wallet-recovery.ts";
import type { Call } from "./call.ts";

/** The way back for somebody who lost every passkey, and what its person sees of it. */
export function recoveryOver(call: Call) {
  const at = (id: string, step = "") => `/wallet/recovery/${encodeURIComponent(id)}${step}`;
  return {
    newRecoveryCode: (confirmation: Confirmation) =>
      call<RecoveryCode>("POST", "/wallet/me/recovery-code", confirmation),
    declineRecoveryCode: () => call<Me>("POST", "/wallet/me/recovery/decline"),
    stopRecovery: () => call<Me>("POST", "/wallet/me/recovery/stop"),
    askRecovery: (code: string) => call<BegunRecovery>("POST", "/wallet/recovery", { code }),
    recovery: (id: string) => call<RecoveryWait>("GET", at(id)),
    recoveryOptions: (id: string) => call<CeremonyOptions>("POST", at(id, "/options")),
    recover: (id: string, name: string, challenge: string, response: unknown) =>
      call<Session>("POST", at(id), { ...(name && { name }), challenge, response }),
  };
}
