import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";

/** What an operator says in navigator/capacitor.config.json of the app they build. */
const Settings = v.object({
  appId: v.pipe(v.string(), v.regex(/^[A-Za-z]\w*(\.[A-Za-z]\w*)+$/, "appId: a package name, as example.navigator")),
  plugins: v.object({
    Navigator: v.object({
      version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/, "version: as 1.0.0")),
      build: v.pipe(v.number(), v.integer(), v.minValue(1)),
      team: v.optional(v.pipe(v.string(), v.regex(/^[A-Z0-9]{10}$/, "team: Apple's ten letters and digits"))),
      wallet: v.pipe(
        v.string(),
        v.regex(/^https:\/\/[a-z0-9.-]+$/, "wallet: the https origin of the Wallet, without a path"),
      ),
    }),
  }),
});

/** The app's id and version, the Wallet it belongs to, that Wallet's host, and the Apple team that signs. */
export interface Settings {
  readonly appId: string;
  readonly version: string;
  /** Goes up with everything that is sent to a store. */
  readonly build: number;
  readonly team?: string | undefined;
  readonly wallet: string;
  readonly host: string;
}

export function settings(folder = import.meta.dirname): Settings {
  const written: unknown = JSON.parse(readFileSync(join(folder, "capacitor.config.json"), "utf8"));
  const { appId, plugins } = v.parse(Settings, written);
  const { Navigator } = plugins;
  return { appId, ...Navigator, host: new URL(Navigator.wallet).hostname };
}
