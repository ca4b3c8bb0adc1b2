import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { execPath, exit } from "node:process";
import { build } from "vite";
import { brandFile, readBrand } from "../brand/brand.ts";
import { android } from "./native/android.ts";
import { problems } from "./native/check.ts";
import { ios } from "./native/ios.ts";
import { passkeyPlugin } from "./native/passkey-plugin.ts";
import { type Settings, settings } from "./settings.ts";
import { www } from "./www.ts";

/**
 * `npm run navigator`: the native projects of Navigator, in navigator/android and navigator/ios, out of Capacitor's templates, this brand and
 * navigator/capacitor.config.json, made or brought up to date, and looked at. From there to an apk or ipa: docs/navigator.md.
 */
const here = import.meta.dirname;
const root = join(here, "..");

function run(...command: readonly string[]): void {
  const { status } = spawnSync(execPath, [...command], { cwd: here, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new Error(`${command.join(" ")} failed`);
}

async function make(): Promise<void> {
  if (!existsSync(join(here, "node_modules"))) throw new Error("Once: npm ci --prefix navigator");
  const given = settings();
  const { systemWords } = await import("./native/words.ts");
  const { icon } = readBrand(brandFile());
  run(join(root, "node_modules/typescript/bin/tsc"), "-p", here);
  await build({
    configFile: join(root, "wallet/vite.config.ts"),
    mode: "navigator",
    logLevel: "warn",
    build: { outDir: join(root, "dist/navigator") },
  });
  await www(join(root, "dist/navigator"), given);

  passkeyPlugin(join(here, "node_modules"));
  const native = { android, ios };
  for (const platform of ["android", "ios"] as const) {
    const folder = join(here, platform);
    const cap = join(here, "node_modules/@capacitor/cli/bin/capacitor");
    if (!existsSync(folder)) run(cap, "add", platform, ...(platform === "ios" ? ["--packagemanager", "SPM"] : []));
    run(cap, "sync", platform);
    native[platform](folder, given, systemWords, icon);
  }
  const services = join(here, "google-services.json");
  if (existsSync(services)) copyFileSync(services, join(here, "android/app/google-services.json"));
  else console.log("No navigator/google-services.json: Android builds without push (docs/navigator.md).");
  const found = problems(here, given, systemWords);
  if (found.length > 0) throw new Error(`The native projects are not as they must be:\n${found.join("\n")}`);
  console.log(told(given));
}

const told = ({ appId, wallet, team = "TEAMID" }: Settings) => `
Navigator for ${wallet}: open navigator/android in Android Studio, navigator/ios/App/App.xcodeproj in Xcode (docs/navigator.md).
Parameters of FpxApi: AndroidPackage=${appId} AppleAppId=${team}.${appId} NavigatorOrigins="capacitor://localhost https://localhost"`;

try {
  await make();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  exit(1);
}
