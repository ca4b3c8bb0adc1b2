import { createHash } from "node:crypto";
import type { Settings } from "../settings.ts";
import { inserted } from "./edit.ts";

/** An id as Xcode's, the same each time. */
const idOf = (name: string) => createHash("sha256").update(name).digest("hex").slice(0, 24).toUpperCase();

/** project.pbxproj: both configurations of the app are signed with its entitlements. */
export function entitled(project: string): string {
  if (project.includes("CODE_SIGN_ENTITLEMENTS")) return project;
  const signed = "\t\t\t\tCODE_SIGN_STYLE = Automatic;\n";
  if (!project.includes(signed))
    throw new Error("Capacitor's template has changed: the app is not signed automatically");
  return project.replaceAll(signed, `\t\t\t\tCODE_SIGN_ENTITLEMENTS = App/App.entitlements;\n${signed}`);
}

/** project.pbxproj: what the store tells apart, and whose account signs. */
export function versioned(project: string, { version, build, team }: Settings): string {
  const numbered = project
    .replaceAll(/MARKETING_VERSION = [^;]+;/g, `MARKETING_VERSION = ${version};`)
    .replaceAll(/CURRENT_PROJECT_VERSION = [^;]+;/g, `CURRENT_PROJECT_VERSION = ${build};`)
    .replaceAll(/\t*DEVELOPMENT_TEAM = [^;]+;\n/g, "");
  const signed = "\t\t\t\tCODE_SIGN_STYLE = Automatic;\n";
  return team === undefined ? numbered : numbered.replaceAll(signed, `${signed}\t\t\t\tDEVELOPMENT_TEAM = ${team};\n`);
}

/** project.pbxproj: a file of words is a resource of the app, in each language. */
export function localized(project: string, file: string, languages: readonly string[]): string {
  const group = `${idOf(file)} /* ${file} */`;
  if (project.includes(group)) return project;
  const resource = `${idOf(`${file} in Resources`)} /* ${file} in Resources */`;
  const spoken = languages.map((language) => ({ language, id: `${idOf(`${file} ${language}`)} /* ${language} */` }));
  const references = spoken.map(
    ({ language, id }) =>
      `\t\t${id} = {isa = PBXFileReference; lastKnownFileType = text.plist.strings; name = ${language}; path = ${language}.lproj/${file}; sourceTree = "<group>"; };\n`,
  );
  const children = spoken.map(({ id }) => `\t\t\t\t${id},\n`).join("");
  const variants = `\t\t${group} = {\n\t\t\tisa = PBXVariantGroup;\n\t\t\tchildren = (\n${children}\t\t\t);\n\t\t\tname = ${file};\n\t\t\tsourceTree = "<group>";\n\t\t};\n`;
  const regions = languages.filter((language) => !new RegExp(`knownRegions = \\([^)]*\\b${language},`).test(project));
  const edits: readonly (readonly [place: string, what: string, where: "before" | "after"])[] = [
    ["/* End PBXBuildFile section */", `\t\t${resource} = {isa = PBXBuildFile; fileRef = ${group}; };\n`, "before"],
    ["/* End PBXFileReference section */", references.join(""), "before"],
    ["/* End PBXVariantGroup section */", variants, "before"],
    [" /* Info.plist */,\n", `\t\t\t\t${group},\n`, "after"],
    [" /* Assets.xcassets in Resources */,\n", `\t\t\t\t${resource},\n`, "after"],
    ["knownRegions = (\n", regions.map((language) => `\t\t\t\t${language},\n`).join(""), "after"],
  ];
  return edits.reduce((text, [place, what, where]) => inserted(text, place, what, where), project);
}
