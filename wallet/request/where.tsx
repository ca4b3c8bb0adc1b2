import { Checkbox } from "react-aria-components/Checkbox";
import { CheckboxGroup } from "react-aria-components/CheckboxGroup";
import type { AskedKind, SourceChoice } from "../../protocol/wallet.ts";
import { to } from "../app/route.ts";
import { words } from "../messages/languages.ts";
import { linked } from "../parts/linked.ts";
import { Press } from "../parts/press.tsx";
import { Tick } from "../parts/tick.tsx";
import type { Choice, Choices } from "./choices.ts";

interface WhereProps {
  readonly request: string;
  readonly asked: readonly AskedKind[];
  readonly choices: Choices;
  readonly choose: (choice: Choice) => void;
}

/** Where it comes from: any of the sources that can serve, in the person's order; the others with the reason (UX-04). */
export function Where({ request, asked, choices, choose }: WhereProps) {
  return asked.map((kind, index) => (
    <section key={kind.title} aria-labelledby={`where-${index}`}>
      <h2 id={`where-${index}`}>{asked.length === 1 ? words.request.where : words.request.whereOf(kind.title)}</h2>
      {kind.sources.length === 0 ? null : (
        <Choosable
          labelledBy={`where-${index}`}
          sources={kind.sources}
          chosen={choices.sources[index] ?? []}
          onChange={(sources) => choose({ type: "sources", kind: index, sources })}
          onFirst={(source) => choose({ type: "source_first", kind: index, source })}
        />
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

interface ChoosableProps {
  readonly labelledBy: string;
  readonly sources: readonly SourceChoice[];
  readonly chosen: readonly string[];
  readonly onChange: (sources: readonly string[]) => void;
  readonly onFirst: (source: string) => void;
}

function Choosable({ labelledBy, sources, chosen, onChange, onFirst }: ChoosableProps) {
  const several = chosen.length > 1;
  return (
    <CheckboxGroup className="list" aria-labelledby={labelledBy} value={[...chosen]} onChange={onChange}>
      {sources.map(({ id, name, usable, reason, linkedAt }) => (
        <div key={id} className="source">
          <Checkbox value={id} isDisabled={!usable} className="item choice">
            <Tick />
            <span className="grow">
              {name}
              <span className="line small soft">{usable ? linked(linkedAt) : unusable(reason)}</span>
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

const unusable = (reason: SourceChoice["reason"]) => words.request.unusable[reason ?? "holds_none"];
