import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Settings } from "../settings.ts";
import type { SystemWords } from "./words.ts";

/** What must hold of the native projects, each in a sentence, with what was found; and what of it does not. */
export function problems(folder: string, given: Settings, words: readonly SystemWords[]): readonly string[] {
  const read = (path: string) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : "");
  const rows = [
    ...androidRows(read, given, words),
    ...iosRows(folder, read, given, words),
    ...pageRows(read, given),
    ...versionRows(folder, read),
  ];
  return rows.filter(([, holds]) => !holds).map(([what]) => what);
}

type Read = (path: string) => string;
type Row = readonly [what: string, holds: boolean];

const all = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = ""]) => found);
const only = (found: readonly string[], value: string) => found.length === 1 && found[0] === value;

function androidRows(read: Read, { appId, host, build }: Settings, words: readonly SystemWords[]): readonly Row[] {
  const main = "android/app/src/main";
  const manifest = read(`${main}/AndroidManifest.xml`);
  const activity = read(`${main}/java/${appId.replaceAll(".", "/")}/MainActivity.java`);
  const config = JSON.parse(read(`${main}/assets/capacitor.config.json`) || "{}");
  return [
    ["android: nothing is backed up", only(all(manifest, /android:allowBackup="(\w+)"/g), "false")],
    [
      "android: nothing moves to another phone",
      manifest.includes("@xml/data_extraction_rules") && read(`${main}/res/xml/data_extraction_rules.xml`) !== "",
    ],
    ["android: nothing is called in the clear", only(all(manifest, /usesCleartextTraffic="(\w+)"/g), "false")],
    [
      "android: the Wallet's links alone open it (after another host: remove navigator/android)",
      only(all(manifest, /android:host="([^"]+)"/g), host),
    ],
    ["android: that is verified", only(all(manifest, /android:autoVerify="(\w+)"/g), "true")],
    ["android: no scheme of its own opens it", only(all(manifest, /android:scheme="([^"]+)"/g), "https")],
    [
      "android: it may notify, with an icon of its own",
      manifest.includes("POST_NOTIFICATIONS") && read(`${main}/res/drawable/ic_notification.xml`) !== "",
    ],
    [
      "android: every screen is FLAG_SECURE from the first on",
      /FLAG_SECURE[\s\S]*super\.onCreate/.test(activity) && activity.startsWith(`package ${appId};`),
    ],
    ["android: nothing of the template's app is left", !`${manifest}${activity}`.includes("com.getcapacitor.myapp")],
    [
      "android: no debugging of the web view",
      config.android?.webContentsDebuggingEnabled === false && config.android?.allowMixedContent === false,
    ],
    [
      "android: passkeys on Android 13 and older",
      read("android/app/build.gradle").includes("credentials-play-services-auth"),
    ],
    ["android: the build is numbered", read("android/app/build.gradle").includes(`versionCode ${build}\n`)],
    ...words.map(({ language }, at): Row => {
      const strings = read(`${main}/res/values${at === 0 ? "" : `-${language}`}/strings.xml`);
      return [
        `android: the system's words in ${language}`,
        ["app_name", "push_request", "push_look"].every((key) => strings.includes(`name="${key}"`)) &&
          strings.includes(host),
      ];
    }),
  ];
}

function iosRows(
  folder: string,
  read: Read,
  { appId, host, build }: Settings,
  words: readonly SystemWords[],
): readonly Row[] {
  const load = createRequire(join(folder, "package.json"));
  const plist = (path: string) => load("plist").parse(read(path) || "<plist><dict/></plist>");
  const project = load("xcode").project(join(folder, "ios/App/App.xcodeproj/project.pbxproj"));
  project.parseSync();
  const resources: readonly string[] = Object.values<{ files?: readonly { comment: string }[] }>(
    project.hash.project.objects.PBXResourcesBuildPhase,
  ).flatMap(({ files = [] }) => files.map(({ comment }) => comment));
  const settings = Object.values<{ buildSettings?: Record<string, string> }>(
    project.pbxXCBuildConfigurationSection(),
  ).flatMap(({ buildSettings }) => (buildSettings?.["PRODUCT_BUNDLE_IDENTIFIER"] ? [buildSettings] : []));
  const entitlements = plist("ios/App/App/App.entitlements");
  const info = plist("ios/App/App/Info.plist");
  const delegate = read("ios/App/App/AppDelegate.swift");
  const packages = read("ios/App/CapApp-SPM/Package.swift");
  return [
    [
      "ios: links and passkeys of the Wallet's host alone",
      JSON.stringify(entitlements["com.apple.developer.associated-domains"]) ===
        JSON.stringify([`applinks:${host}`, `webcredentials:${host}`]),
    ],
    [
      "ios: it may be pushed to",
      entitlements["aps-environment"] === "development" &&
        JSON.stringify(info.UIBackgroundModes) === '["remote-notification"]',
    ],
    [
      "ios: both configurations are signed so",
      settings.length === 2 &&
        settings.every(
          (one) =>
            one["CODE_SIGN_ENTITLEMENTS"] === "App/App.entitlements" &&
            one["PRODUCT_BUNDLE_IDENTIFIER"] === appId &&
            String(one["CURRENT_PROJECT_VERSION"]) === String(build),
        ),
    ],
    [
      "ios: Capacitor learns the APNs token",
      ["didRegisterForRemoteNotificationsWithDeviceToken", "didFailToRegisterForRemoteNotificationsWithError"].every(
        (method) => all(delegate, new RegExp(`(${method})`, "g")).length === 1,
      ),
    ],
    ["ios: no scheme of its own opens it", info.CFBundleURLTypes === undefined],
    ["ios: nothing is called in the clear", info.NSAppTransportSecurity === undefined],
    [
      "ios: the system's words are part of the app",
      ["Localizable.strings", "InfoPlist.strings"].every((file) => resources.includes(`${file} in Resources`)),
    ],
    ...words.map(({ language }): Row => {
      const strings = read(`ios/App/App/${language}.lproj/Localizable.strings`);
      return [
        `ios: the system's words in ${language}`,
        ["push_request", "push_look"].every((key) => strings.includes(`"${key}" = `)),
      ];
    }),
    [
      "ios: each plugin is a Swift package of this Capacitor",
      all(packages, /\.product\(name: "(Capacitor\w+)", package: "Capacitor/g).length === 4 &&
        packagesHold(folder, packages),
    ],
  ];
}

/** Whether each package that CapApp-SPM names offers what it is asked for, for Capacitor 8. */
function packagesHold(folder: string, packages: string): boolean {
  return [...packages.matchAll(/\.package\(name: "(\w+)", path: "\.\.\/\.\.\/\.\.\/([^"]+)"/g)].every(
    ([, name, path = ""]) => {
      const manifest = readFileSync(join(folder, path, "Package.swift"), "utf8");
      return (
        new RegExp(`library\\(\\s*name: "${name}"`).test(manifest) &&
        /capacitor-swift-pm\.git", from: "8\./.test(manifest)
      );
    },
  );
}

function pageRows(read: Read, { wallet, host }: Settings): readonly Row[] {
  return ["android/app/src/main/assets/public", "ios/App/App/public"].flatMap((at): readonly Row[] => {
    const page = read(`${at}/index.html`);
    return [
      [
        `${at}: its policy lets it call its exchange alone`,
        page.includes(`connect-src 'self' ${wallet};`) && page.includes("default-src 'none'"),
      ],
      [
        `${at}: the shell runs before the page`,
        page.indexOf("./shell.js") > 0 && page.indexOf("./shell.js") < page.indexOf('type="module"'),
      ],
      [`${at}: the shell knows its host`, read(`${at}/shell.js`).includes(host)],
      [`${at}: it is told its exchange`, read(`${at}/fpx.json`) === JSON.stringify({ api: wallet })],
      [`${at}: the demo's phone is not in it`, !page.includes("phone")],
    ];
  });
}

/** One major version of Capacitor throughout; a plugin of another numbering says so by its peer. */
function versionRows(folder: string, read: Read): readonly Row[] {
  const official = readdirSync(join(folder, "node_modules/@capacitor"));
  const versions = official.map((name) => JSON.parse(read(`node_modules/@capacitor/${name}/package.json`)));
  const major = ({ version, peerDependencies }: { version: string; peerDependencies?: Record<string, string> }) =>
    version.startsWith("8.") || /^(\^8|>=8)/.test(peerDependencies?.["@capacitor/core"] ?? "");
  return [["one major version of Capacitor throughout", official.length >= 7 && versions.every(major)]];
}
