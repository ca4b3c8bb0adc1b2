import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replaced } from "./edit.ts";

/** capacitor-passkey-plugin's code is for Capacitor 8, its Swift manifest not yet: it asks for 7, and its product is not called what `cap sync` calls it. */
export function packageSwift(text: string): string {
  const named = replaced(
    text,
    /name: "PasskeyPlugin",\n {4}platforms/,
    'name: "CapacitorPasskeyPlugin",\n    platforms',
  );
  const offered = replaced(
    named,
    /name: "PasskeyPlugin",\n {12}targets/,
    'name: "CapacitorPasskeyPlugin",\n            targets',
  );
  return replaced(offered, /capacitor-swift-pm\.git", from: "7\.0\.0"/, 'capacitor-swift-pm.git", from: "8.0.0"');
}

export function passkeyPlugin(modules: string): void {
  const path = join(modules, "capacitor-passkey-plugin/Package.swift");
  writeFileSync(path, packageSwift(readFileSync(path, "utf8")));
}
