import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { activity, gradle, manifest, strings } from "../../navigator/native/android.ts";
import { inserted, replaced } from "../../navigator/native/edit.ts";
import { appDelegate, entitlements, infoPlist } from "../../navigator/native/ios.ts";
import { packageSwift } from "../../navigator/native/passkey-plugin.ts";
import { systemWords } from "../../navigator/native/words.ts";
import { entitled, localized, versioned } from "../../navigator/native/xcode-project.ts";
import { settings } from "../../navigator/settings.ts";
import { page } from "../../navigator/www.ts";

const given = {
  ...settings(),
  appId: "ca.maple.go",
  wallet: "https://wallet.maple.ca",
  host: "wallet.maple.ca",
  build: 7,
};
const [english] = systemWords;
if (english === undefined) throw new Error("no words");

/** Pieces of Capacitor's templates, as far as they are edited; `npm run navigator` edits and checks the whole ones. */
const templates = {
  manifest: `<manifest>
    <application
        android:allowBackup="true"
        android:icon="@mipmap/ic_launcher">
        <activity android:name=".MainActivity">
            <intent-filter>
                <action android:name="android.intent.action.MAIN" />
                <category android:name="android.intent.category.LAUNCHER" />
            </intent-filter>
        </activity>
    </application>
    <uses-permission android:name="android.permission.INTERNET" />
</manifest>`,
  gradle: `        versionCode 1
        versionName "1.0"
    implementation project(':capacitor-android')
`,
  appDelegate: `class AppDelegate {
    func application() -> Bool { return true }

    func applicationWillResignActive(_ application: UIApplication) {}
}`,
  infoPlist: `<dict>
	<key>CFBundleDisplayName</key>
	<string>My App</string>
	<key>LSRequiresIPhoneOS</key>
	<true/>
</dict>`,
  project: `/* End PBXBuildFile section */
/* End PBXFileReference section */
				504EC3131FED79650016851F /* Info.plist */,
			knownRegions = (
				en,
				Base,
			);
				504EC30F1FED79650016851F /* Assets.xcassets in Resources */,
/* End PBXVariantGroup section */
				CODE_SIGN_STYLE = Automatic;
				CURRENT_PROJECT_VERSION = 1;
				MARKETING_VERSION = 1.0;
				CODE_SIGN_STYLE = Automatic;
`,
};

describe("A7 the Android project", () => {
  test("nothing is backed up or called in the clear, and the Wallet's links alone open it", () => {
    const ours = manifest(templates.manifest, given);
    expect(ours).toContain('android:allowBackup="false"');
    expect(ours).not.toContain('android:allowBackup="true"');
    expect(ours).toContain('android:usesCleartextTraffic="false"');
    expect(ours).toContain('<intent-filter android:autoVerify="true">');
    expect(ours).toContain('<data android:scheme="https" android:host="wallet.maple.ca" android:path="/link" />');
    expect(ours.match(/android:scheme=/g)).toHaveLength(1);
    expect(ours).toContain("POST_NOTIFICATIONS");
  });
  test("every screen is FLAG_SECURE before the web view begins", () => {
    expect(activity(given)).toMatch(/^package ca\.maple\.go;[\s\S]*FLAG_SECURE[\s\S]*super\.onCreate/);
  });
  test("UX-50 the system says the one sentence of each kind of push, in each language", () => {
    expect(systemWords.map(({ language }) => language)).toEqual(["en", "fr"]);
    const [, french] = systemWords.map((words) => strings(given, words));
    expect(french).toContain('<string name="push_request">Une demande vous attend.');
    expect(french).toContain("https://wallet.maple.ca/.well-known/assetlinks.json");
  });
  test("what XML and string resources read as signs is written so", () => {
    const words = { ...english, name: `June's "A & B" <C>` };
    expect(strings(given, words)).toContain(`<string name="app_name">June\\'s \\"A &amp; B\\" &lt;C&gt;</string>`);
  });
  test("the build is numbered, once and again", () => {
    const ours = gradle(templates.gradle, given);
    expect(ours).toContain("versionCode 7\n");
    expect(gradle(ours, { ...given, build: 8 })).toContain("versionCode 8\n");
  });
});

describe("A7 the iOS project", () => {
  test("the Wallet's links open it, its passkeys are its own, it may be pushed to", () => {
    expect(entitlements(given)).toContain("<string>applinks:wallet.maple.ca</string>");
    expect(entitlements(given)).toContain("<string>webcredentials:wallet.maple.ca</string>");
    expect(appDelegate(templates.appDelegate)).toMatch(
      /didRegisterFor[\s\S]*didFailToRegister[\s\S]*applicationWillResignActive/,
    );
    expect(infoPlist(templates.infoPlist, "A & B")).toMatch(/<string>A &amp; B<\/string>[\s\S]*remote-notification/);
  });
  test("its project is signed with its entitlements, numbered, and has the system's words", () => {
    const ours = localized(versioned(entitled(templates.project), given), "Localizable.strings", ["en", "fr"]);
    expect(ours.match(/CODE_SIGN_ENTITLEMENTS = App\/App\.entitlements;/g)).toHaveLength(2);
    expect(ours).toContain("CURRENT_PROJECT_VERSION = 7;");
    expect(ours).toMatch(/knownRegions = \(\n\s+fr,\n\s+en,/);
    expect(ours.match(/Localizable\.strings in Resources/g)).toHaveLength(2);
    const team = { ...given, team: "TEAM123456" };
    expect(versioned(versioned(ours, team), team).match(/DEVELOPMENT_TEAM = TEAM123456;/g)).toHaveLength(2);
  });
  test("the passkey plugin is a package of Capacitor 8 by the name it is asked for", () => {
    const swift = `    name: "PasskeyPlugin",\n    platforms: [\n            name: "PasskeyPlugin",\n            targets: ["PasskeyPlugin"])\ncapacitor-swift-pm.git", from: "7.0.0"`;
    const ours = packageSwift(swift);
    expect(ours).toContain('name: "CapacitorPasskeyPlugin",\n    platforms');
    expect(ours).toContain('name: "CapacitorPasskeyPlugin",\n            targets: ["PasskeyPlugin"]');
    expect(ours).toContain('from: "8.0.0"');
    expect(packageSwift(ours)).toBe(ours);
  });
});

test.each([
  ["AndroidManifest.xml", (text: string) => manifest(text, given), templates.manifest],
  ["build.gradle", (text: string) => gradle(text, given), templates.gradle],
  ["AppDelegate.swift", appDelegate, templates.appDelegate],
  ["Info.plist", (text: string) => infoPlist(text, "Navigator"), templates.infoPlist],
  [
    "project.pbxproj",
    (text: string) => localized(versioned(entitled(text), given), "Localizable.strings", ["en", "fr"]),
    templates.project,
  ],
])("%s is edited once: a second time changes nothing, and a template that changed is an error", (_, edit, template) => {
  const once = edit(template);
  expect(once).not.toBe(template);
  expect(edit(once)).toBe(once);
  expect(() => edit("something else")).toThrow("template has changed");
});

test("an edit names what it looked for", () => {
  expect(() => inserted("a", "b", "c")).toThrow(`no "b" in it`);
  expect(() => replaced("a", /b/, "c")).toThrow("nothing like /b/ in it");
});

test("the page in the app runs the shell first and may call its own exchange alone", () => {
  const html = readFileSync(join(import.meta.dirname, "../../wallet/navigator/app.html"), "utf8");
  const ours = page(html, given.wallet);
  expect(ours).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  expect(ours).toContain("connect-src 'self' https://wallet.maple.ca;");
  expect(ours).not.toContain("unsafe");
  expect(ours.indexOf("./shell.js")).toBeLessThan(ours.indexOf('type="module"'));
});
