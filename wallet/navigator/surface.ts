import { type Call, callTo } from "../api/call.ts";
import { type Keychain, openKeychain } from "../api/keychain.ts";
import { proveWith } from "../api/proof.ts";
import { Refusal } from "../api/refusal.ts";
import type { Surface } from "../app/surface.ts";
import { deviceWords } from "../words/this-device.ts";
import { nativeShell } from "./native-shell.ts";

/** Navigator: another origin's `/wallet/…`, without cookies; the session is bound to a key that stays on this device (RFC 9449). */
export function navigatorSurface(name: string): Surface {
  const described = deviceWords(navigator.userAgent, name);
  let opened: Promise<Opened> | undefined;
  const open = () => {
    opened ??= connect().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };

  return {
    name,
    described,
    call: async (method, path, body) => {
      const { call, keychain } = await open();
      if (keychain.token === undefined && !BEFORE_SIGN_IN.test(path)) throw new Refusal("signed_out");
      return call(method, path, body);
    },
    walletOrigin: async () => (await open()).api,
    began: async ({ token }) => (await open()).keychain.keep(token),
    here: async (wallet) => {
      const device = await nativeShell()?.device();
      if (device !== undefined) await wallet.registerDevice({ ...device, described });
    },
    ended: async () => (await open()).keychain.keep(undefined),
  };
}

interface Opened {
  readonly api: string;
  readonly call: Call;
  readonly keychain: Keychain;
}

const BEFORE_SIGN_IN = /^\/wallet\/(account|session|asks|recovery)(\/|$)/;

/** `fpx.json` beside the app says which exchange it belongs to. */
async function connect(): Promise<Opened> {
  const answer = await fetch("./fpx.json", { cache: "no-store" }).catch(() => {
    throw new Refusal("offline");
  });
  if (!answer.ok) throw new Refusal("busy");
  const { api } = (await answer.json()) as { readonly api: string };
  const keychain = await openKeychain();
  return {
    api,
    keychain,
    call: callTo(
      api,
      proveWith(keychain.key, () => keychain.token),
    ),
  };
}
