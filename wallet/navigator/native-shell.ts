import type { Device } from "../api/wallet.ts";

/** What the native shell around Navigator gives it: how pushes reach this device. */
export interface NativeShell {
  readonly device: () => Promise<Device>;
}

declare global {
  interface Window {
    navigatorShell?: NativeShell;
  }
}

/** The shell: of this window in an app, of the page around it where the phone is a page. None in a bare browser. */
export function nativeShell(): NativeShell | undefined {
  try {
    return window.navigatorShell ?? window.parent.navigatorShell;
  } catch {
    return undefined; // a parent of another origin is no shell
  }
}
