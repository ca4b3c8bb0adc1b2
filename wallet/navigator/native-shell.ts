import type { Device } from "../api/wallet.ts";
import type { Opening } from "./opening.ts";

/** What the native shell around Navigator gives it (navigator/shell.ts; the page in the shape of a phone is one, too). */
export interface NativeShell {
  /** How pushes reach this device; undefined where its person allows none. */
  readonly device: () => Promise<Device | undefined>;
  /** Tells what opened the app, the first thing too. */
  readonly opened?: (heard: (opening: Opening) => void) => void;
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
