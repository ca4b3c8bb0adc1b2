import type { ReactNode } from "react";
import { Checkbox } from "react-aria-components/Checkbox";
import { CheckboxGroup } from "react-aria-components/CheckboxGroup";
import type { AskedKind, ProposedChange, SourceChoice } from "../../protocol/wallet.ts";
import { to } from "../app/addresses.ts";
import { locale, words } from "../messages/languages.ts";
import { linked } from "../parts/linked.ts";
import { Press } from "../parts/press.tsx";
import { Tick } from "../parts/tick.tsx";
import { list } from "../words/list.ts";
import type { Choice, Choices } from "./choices.ts";
import { sourcesStay } from "./difference.ts";
import { Same } from "./same.tsx";

interface WhereProps {
  readonly request: string;
  readonly asked: readonly AskedKind[];
  readonly change: ProposedChange | undefined;
  readonly choices: Choices;
  readonly choose: (choice: Choice) => void;
}

/** Where it comes from: any of the sources that can serve, in the person's order; the others with the reason (UX-04). */
export function Where({ request, asked, change, choices, choose }: WhereProps) {
  return asked.map((kind, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two kinds may have one title, and their order is fixed
    <section key={index} aria-labelledby={`where-${index}`}>
      <h2 id={`where-${index}`}>{asked.length === 1 ? words.request.where : words.request.whereOf(kind.title)}</h2>
      {kind.sources.length === 0 ? null : (
        <OutOfTheWay kind={kind}>
          <Choosable
            labelledBy={`where-${index}`}
            kind={kind}
            isFixed={change?.action === "merge"}
            chosen={choices.sources[index] ?? []}
            onChange={(sources) => choose({ type: "sources", kind: index, sources })}
            onFirst={(source) => choose({ type: "source_first", kind: index, source })}
          />
        </OutOfTheWay>
      )}
      {kind.sources.some(({ usable }) => usable) ? null : (
        <div className="outcome warn">
          <p>{kind.sources.length === 0 ? words.request.noSources : words.request.noneUsable}</p>
          <a className="button" href={to.addSourceFor(request)}>
            {words.code.sourceHeading}
          </a>
        </div>
      )}
    </section>
  ));
}

/** Sources that can go on as they do are no question, and still a choice (UX-08). */
function OutOfTheWay({ kind, children }: { readonly kind: AskedKind; readonly children: ReactNode }) {
  if (!sourcesStay(kind)) return children;
  const names = kind.sources.filter(({ id }) => kind.before?.sources.includes(id)).map(({ name }) => name);
  return <Same summary={words.change.sameSources(list(names, locale))}>{children}</Same>;
}

interface ChoosableProps {
  readonly labelledBy: string;
  readonly kind: AskedKind;
  /** Of a merge: a source that gives this kind now goes on. */
  readonly isFixed: boolean;
  readonly chosen: readonly string[];
  readonly onChange: (sources: readonly string[]) => void;
  readonly onFirst: (source: string) => void;
}

function Choosable({ labelledBy, kind, isFixed, chosen, onChange, onFirst }: ChoosableProps) {
  const { sources, before } = kind;
  const several = chosen.length > 1;
  return (
    <CheckboxGroup className="list" aria-labelledby={labelledBy} value={[...chosen]} onChange={onChange}>
      {sources.map(({ id, name, usable, reason, linkedAt }) => (
        <div key={id} className="source">
          <Checkbox value={id} isDisabled={!usable || (isFixed && isOf(before, id))} className="item choice">
            <Tick />
            <span className="grow">
              {name}
              <span className="line small soft">{usable ? linked(linkedAt) : unusable(reason)}</span>
              <Mark was={isOf(before, id)} is={chosen.includes(id)} isChange={before !== undefined} />
              {several && chosen[0] === id ? <span className="pill">{words.request.askedFirst}</span> : null}
            </span>
          </Checkbox>
          {several && chosen.indexOf(id) > 0 ? (
            <div className="first">
              <Press kind="quiet" label={words.request.putFirstOf(name)} onPress={() => onFirst(id)}>
                {words.request.putFirst}
              </Press>
            </div>
          ) : null}
        </div>
      ))}
    </CheckboxGroup>
  );
}

interface MarkProps {
  readonly was: boolean;
  readonly is: boolean;
  readonly isChange: boolean;
}

function Mark({ was, is, isChange }: MarkProps) {
  if (!isChange || (!was && !is)) return null;
  if (was && is) return <span className="line small soft">{words.change.inUse}</span>;
  return <span className={is ? "pill" : "pill off"}>{is ? words.change.new : words.change.noLonger}</span>;
}

const isOf = (before: AskedKind["before"], id: string) => before?.sources.includes(id) ?? false;

const unusable = (reason: SourceChoice["reason"]) => words.request.unusable[reason ?? "holds_none"];
