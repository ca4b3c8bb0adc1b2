import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Settings } from "../settings.ts";
import { inserted, replaced, xml } from "./edit.ts";
import type { SystemWords } from "./words.ts";

/** AndroidManifest.xml: nothing is backed up or moved to another phone, nothing is called in the clear, the Wallet's links open here, and its passkeys are this app's. */
export function manifest(text: string, { host }: Settings): string {
  const application = [
    ["android:allowBackup", "false"],
    ["android:dataExtractionRules", "@xml/data_extraction_rules"],
    ["android:fullBackupContent", "false"],
    ["android:usesCleartextTraffic", "false"],
  ].map(([name, value]) => `${name}="${value}"`);
  const once = text.includes("android:dataExtractionRules")
    ? text
    : replaced(text, /android:allowBackup="\w+"/, application.join("\n        "));
  const linked = inserted(
    once,
    '<category android:name="android.intent.category.LAUNCHER" />\n            </intent-filter>',
    `

            <intent-filter android:autoVerify="true">
                <action android:name="android.intent.action.VIEW" />
                <category android:name="android.intent.category.DEFAULT" />
                <category android:name="android.intent.category.BROWSABLE" />
                <data android:scheme="https" android:host="${host}" android:path="/link" />
            </intent-filter>`,
  );
  const known = inserted(
    linked,
    "    </application>",
    `
        <meta-data android:name="asset_statements" android:resource="@string/asset_statements" />
        <meta-data
            android:name="com.google.firebase.messaging.default_notification_icon"
            android:resource="@drawable/ic_notification" />
`,
    "before",
  );
  return inserted(
    known,
    '<uses-permission android:name="android.permission.INTERNET" />',
    '\n    <uses-permission android:name="android.permission.POST_NOTIFICATIONS" />',
  );
}

/** values/strings.xml of one language. */
export function strings({ appId, host }: Settings, { name, sentences }: SystemWords): string {
  const all = {
    app_name: name,
    title_activity_main: name,
    package_name: appId,
    custom_url_scheme: appId,
    asset_statements: JSON.stringify([{ include: `https://${host}/.well-known/assetlinks.json` }]),
    ...sentences,
  };
  const lines = Object.entries(all).map(([key, value]) => `    <string name="${key}">${resource(value)}</string>`);
  return `<?xml version='1.0' encoding='utf-8'?>\n<resources>\n${lines.join("\n")}\n</resources>\n`;
}

/** String resources: XML, in which a quote or an apostrophe is escaped once more. */
const resource = (text: string) =>
  xml(text.replaceAll(/['"\\]/g, "\\$&"))
    .replaceAll("&apos;", "'")
    .replaceAll("&quot;", '"');

/** Every screen is protected from its first frame on, before the web view has begun. */
export const activity = ({ appId }: Settings): string => `package ${appId};

import android.os.Bundle;
import android.view.WindowManager;
import com.getcapacitor.BridgeActivity;

public class MainActivity extends BridgeActivity {
    @Override
    public void onCreate(Bundle savedInstanceState) {
        getWindow().setFlags(WindowManager.LayoutParams.FLAG_SECURE, WindowManager.LayoutParams.FLAG_SECURE);
        super.onCreate(savedInstanceState);
    }
}
`;

/** build.gradle: what the store tells apart; and Credential Manager reaches Google's passkeys on Android 13 and older by one more library. */
export const gradle = (text: string, { version, build }: Settings): string =>
  inserted(
    replaced(
      replaced(text, /versionCode \d+/, `versionCode ${build}`),
      /versionName "[^"]*"/,
      `versionName "${version}"`,
    ),
    "    implementation project(':capacitor-android')\n",
    "    implementation 'androidx.credentials:credentials-play-services-auth:1.5.0'\n",
  );

const extraction = `<?xml version="1.0" encoding="utf-8"?>
<data-extraction-rules>
    <cloud-backup><exclude domain="root" /><exclude domain="file" /><exclude domain="database" /><exclude domain="sharedpref" /></cloud-backup>
    <device-transfer><exclude domain="root" /><exclude domain="file" /><exclude domain="database" /><exclude domain="sharedpref" /></device-transfer>
</data-extraction-rules>
`;

/** White on nothing, as the status bar wants it: a bell. */
const bell = `<vector xmlns:android="http://schemas.android.com/apk/res/android" android:width="24dp" android:height="24dp" android:viewportWidth="24" android:viewportHeight="24">
    <path android:fillColor="#ffffff" android:pathData="M12,22a2,2 0,0 0,2 -2h-4a2,2 0,0 0,2 2zM18,16v-5c0,-3.1 -1.6,-5.6 -4.5,-6.3V4a1.5,1.5 0,0 0,-3 0v0.7C7.6,5.4 6,7.9 6,11v5l-2,2v1h16v-1z" />
</vector>
`;

/** The system cuts a circle or the like out of it, and leaves at least the middle. */
const launcher = `<?xml version="1.0" encoding="utf-8"?>
<adaptive-icon xmlns:android="http://schemas.android.com/apk/res/android">
    <background android:drawable="@drawable/brand_icon" />
    <foreground android:drawable="@android:color/transparent" />
</adaptive-icon>
`;

/** Makes the scaffold in `android/` ours; a second time changes nothing. */
export function android(folder: string, given: Settings, words: readonly SystemWords[], icon: string): void {
  const main = join(folder, "app/src/main");
  const edit = (path: string, by: (text: string) => string) => write(path, by(readFileSync(path, "utf8")));
  edit(join(main, "AndroidManifest.xml"), (text) => manifest(text, given));
  edit(join(folder, "app/build.gradle"), (text) => gradle(text, given));
  // Adaptive icons begin with Android 8.
  edit(join(folder, "variables.gradle"), (text) => replaced(text, /minSdkVersion = \d+/, "minSdkVersion = 26"));
  write(join(main, "java", ...given.appId.split("."), "MainActivity.java"), activity(given));
  write(join(main, "res/xml/data_extraction_rules.xml"), extraction);
  write(join(main, "res/drawable/ic_notification.xml"), bell);
  for (const name of ["ic_launcher", "ic_launcher_round"])
    write(join(main, `res/mipmap-anydpi-v26/${name}.xml`), launcher);
  mkdirSync(join(main, "res/drawable-nodpi"), { recursive: true });
  copyFileSync(icon, join(main, "res/drawable-nodpi/brand_icon.png"));
  for (const [at, spoken] of words.entries())
    write(join(main, `res/values${at === 0 ? "" : `-${spoken.language}`}/strings.xml`), strings(given, spoken));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
