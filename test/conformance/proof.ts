import { notRun, suites } from "../oidf/modules.ts";
import { attacks, notApplicable } from "./attacks.ts";
import { advertised } from "./metadata.ts";
import { specifications } from "./specifications.ts";

/** A test that passed: its title, and that with what it stands under. */
export interface Passed {
  readonly full: string;
  readonly title: string;
}

/** Tests whose title, or what it stands under, names something as a whole: `N-2` is not `N-25`, `…-fails` is not `…-fails-too`. */
export function naming(tests: readonly Passed[], name: string): readonly Passed[] {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const whole = new RegExp(`(?<![\\w-])${literal}(?![\\w-]|\\.\\d)`);
  return tests.filter(({ full }) => whole.test(full));
}

/** What ought to be proved and is not, in sentences. */
export function unproven(tests: readonly Passed[]): readonly string[] {
  const lacking = (names: readonly string[], reasons: Readonly<Record<string, string>>, what: string) =>
    names
      .filter((name) => reasons[name] === undefined && naming(tests, name).length === 0)
      .map((name) => `${what} ${name}: no passing test names it, and no reason is given.`);
  const idle = [...Object.keys(notRun), ...Object.keys(notApplicable)]
    .filter((name) => naming(tests, name).length > 0)
    .map((name) => `${name} has a reason and a passing test: take the reason away.`);
  return [
    ...specifications.filter((name) => naming(tests, name).length === 0).map((name) => `${name}: no passing test.`),
    ...lacking(Object.values(suites).flat(), notRun, "module"),
    ...lacking(attacks, notApplicable, "attack"),
    ...Object.entries(advertised)
      .filter(([, title]) => naming(tests, title).length === 0)
      .map(([member, title]) => `metadata ${member}: no passing test is called "${title}".`),
    ...idle,
  ];
}
