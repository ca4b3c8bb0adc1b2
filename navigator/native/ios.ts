import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Settings } from "../settings.ts";
import { inserted, replaced, xml } from "./edit.ts";
import type { SystemWords } from "./words.ts";
import { entitled, localized, versioned } from "./xcode-project.ts";

/** AppDelegate.swift: the two methods by which Capacitor learns the APNs token. */
export function appDelegate(text: string): string {
  return inserted(
    text,
    "\n    func applicationWillResignActive",
    `
    func application(_ application: UIApplication, didRegisterForRemoteNotificationsWithDeviceToken deviceToken: Data) {
        NotificationCenter.default.post(name: .capacitorDidRegisterForRemoteNotifications, object: deviceToken)
    }

    func application(_ application: UIApplication, didFailToRegisterForRemoteNotificationsWithError error: Error) {
        NotificationCenter.default.post(name: .capacitorDidFailToRegisterForRemoteNotifications, object: error)
    }
`,
    "before",
  );
}

/** Info.plist: the app's name, pushes that show nothing (UX-60), no encryption that export rules ask about, and no window for a second screen. */
export function infoPlist(text: string, name: string): string {
  const named = replaced(
    text,
    /<key>CFBundleDisplayName<\/key>\s*<string>[^<]*<\/string>/,
    `<key>CFBundleDisplayName</key>\n\t<string>${xml(name)}</string>`,
  );
  return inserted(
    named,
    "\t<key>LSRequiresIPhoneOS</key>\n",
    `\t<key>ITSAppUsesNonExemptEncryption</key>
	<false/>
	<key>UIBackgroundModes</key>
	<array>
		<string>remote-notification</string>
	</array>
`,
    "before",
  );
}

/** App.entitlements: pushes; the Wallet's links open here, and its passkeys are this app's. */
export const entitlements = ({ host }: Settings): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>aps-environment</key>
	<string>development</string>
	<key>com.apple.developer.associated-domains</key>
	<array>
		<string>applinks:${host}</string>
		<string>webcredentials:${host}</string>
	</array>
</dict>
</plist>
`;

/** A .strings file. */
const stringsFile = (all: Readonly<Record<string, string>>) =>
  Object.entries(all)
    .map(([key, value]) => `"${key}" = "${value.replaceAll(/["\\]/g, "\\$&")}";\n`)
    .join("");

/** Makes the scaffold in `ios/` ours; a second time changes nothing. */
export function ios(folder: string, given: Settings, words: readonly SystemWords[], icon: string): void {
  const app = join(folder, "App/App");
  const edit = (path: string, by: (text: string) => string) => writeFileSync(path, by(readFileSync(path, "utf8")));
  edit(join(app, "AppDelegate.swift"), appDelegate);
  edit(join(app, "Info.plist"), (text) => infoPlist(text, words[0]?.name ?? ""));
  writeFileSync(join(app, "App.entitlements"), entitlements(given));
  copyFileSync(icon, join(app, "Assets.xcassets/AppIcon.appiconset/AppIcon-512@2x.png"));
  for (const { language, name, sentences } of words) {
    const spoken = join(app, `${language}.lproj`);
    mkdirSync(dirname(join(spoken, "x")), { recursive: true });
    writeFileSync(join(spoken, "Localizable.strings"), stringsFile(sentences));
    writeFileSync(join(spoken, "InfoPlist.strings"), stringsFile({ CFBundleDisplayName: name }));
  }
  const languages = words.map(({ language }) => language);
  edit(join(folder, "App/App.xcodeproj/project.pbxproj"), (project) =>
    ["Localizable.strings", "InfoPlist.strings"].reduce(
      (text, file) => localized(text, file, languages),
      versioned(entitled(project), given),
    ),
  );
}
