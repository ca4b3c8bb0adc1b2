import type { ReactNode } from "react";
import { Checkbox } from "react-aria-components/Checkbox";
import { CheckboxGroup } from "react-aria-components/CheckboxGroup";
import type { AskedKind, ProposedChange } from "../../protocol/wallet.ts";
import { locale, words } from "../messages/languages.ts";
import { Icon } from "../parts/icon.tsx";
import { Tick } from "../parts/tick.tsx";
import { list } from "../words/list.ts";
import type { Choice, Choices } from "./choices.ts";
import { actionsOf, lostActions } from "./difference.ts";
import { Explicit } from "./explicit.tsx";
import { Ending, Staying } from "./known.tsx";
import { Same } from "./same.tsx";

interface WhatProps {
  readonly asked: readonly AskedKind[];
  readonly change: ProposedChange | undefined;
  readonly choices: Choices;
  readonly choose: (choice: Choice) => void;
}

/** What they will see: needed actions are locked with their reason, the others are off until chosen (UX-03). Of a change only what differs is in sight (UX-08). */
export function What({ asked, change, choices, choose }: WhatProps) {
  const kinds = (part: "differ" | "same") =>
    asked.map((kind, index) => (
      <Kind
        key={kind.title}
        kind={kind}
        change={change}
        part={part}
        chosen={choices.optional[index] ?? []}
        onChange={(actions) => choose({ type: "optional", kind: index, actions })}
        explicit={
          kind.explicit && part === (actionsOf(kind).differ.length > 0 ? "differ" : "same") ? (
            <Explicit
              kind={kind}
              id={`explicit-${index}`}
              yes={choices.explicit.includes(index)}
              onChange={(yes) => choose({ type: "explicit", kind: index, yes })}
            />
          ) : null
        }
      />
    ));
  const differs = asked.some((kind) => actionsOf(kind).differ.length > 0);
  const ends = change?.action === "replace" ? change.others : [];
  const stays = change?.action === "merge" ? change.others : [];
  const same = asked.some((kind) => actionsOf(kind).same.length > 0);
  return (
    <section aria-labelledby="what">
      <h2 id="what">{words.request.what}</h2>
      {differs ? kinds("differ") : <p>{words.change.nothingNew}</p>}
      {asked.map((kind) => (
        <Ending key={kind.title} title={kind.title} actions={lostActions(kind, change)} />
      ))}
      {ends.map(({ title, actions }) => (
        <Ending key={title} title={title} actions={actions} />
      ))}
      {same || stays.length > 0 ? (
        <Same summary={words.change.same}>
          {kinds("same")}
          {stays.map((kind) => (
            <Staying key={kind.title} kind={kind} />
          ))}
        </Same>
      ) : null}
    </section>
  );
}

/** Of the ticket door: these and no others, as the place that holds them calls them. */
function Named({ kind: { resources = [], sources } }: { readonly kind: AskedKind }) {
  if (resources.length === 0) return null;
  return <span className="line small">{words.request.resources(list(resources, locale), sources[0]?.name ?? "")}</span>;
}

interface KindProps {
  readonly kind: AskedKind;
  readonly change: ProposedChange | undefined;
  readonly part: "differ" | "same";
  readonly chosen: readonly string[];
  readonly onChange: (actions: readonly string[]) => void;
  readonly explicit: ReactNode;
}

function Kind({ kind, change, part, chosen, onChange, explicit }: KindProps) {
  const actions = actionsOf(kind)[part];
  if (actions.length === 0) return null;
  // A merge takes nothing away: what is allowed already is no question.
  const settled = part === "same" && change?.action === "merge";
  const isNew = change !== undefined && part === "differ";
  const mine = new Set(actions.map(({ action }) => action));
  const others = chosen.filter((action) => !mine.has(action));
  return (
    <div className="kind">
      <div className="list">
        <div className="item">
          <span className="grow">
            <strong>{kind.title}</strong>
            <span className="line small soft">{kind.description}</span>
            <Named kind={kind} />
            {isNew && kind.before === undefined ? <span className="pill">{words.change.new}</span> : null}
          </span>
        </div>
        <Needed actions={settled ? actions : actions.filter(({ required }) => required)} isNew={isNew} kind={kind} />
        <Optional
          title={kind.title}
          actions={settled ? [] : actions.filter(({ required }) => !required)}
          chosen={chosen.filter((action) => mine.has(action))}
          onChange={(more) => onChange([...others, ...more])}
        />
      </div>
      <p className={kind.sensitivity === "ordinary" ? "small soft under" : "small under sensitive"}>
        {words.request.sensitive[kind.sensitivity]}
      </p>
      {explicit}
    </div>
  );
}

interface NeededProps {
  readonly actions: AskedKind["actions"];
  readonly isNew: boolean;
  readonly kind: AskedKind;
}

function Needed({ actions, isNew, kind }: NeededProps) {
  return actions.map(({ action, text, reason }) => (
    <div key={action} className="item">
      <Icon name="lock" />
      <span className="grow">
        {text}
        <span className="line small soft">
          {reason === undefined ? words.request.needed : words.request.neededBecause(reason)}
        </span>
        {isNew && kind.before !== undefined ? <span className="pill">{words.change.new}</span> : null}
      </span>
    </div>
  ));
}

interface OptionalProps {
  readonly title: string;
  readonly actions: AskedKind["actions"];
  readonly chosen: readonly string[];
  readonly onChange: (actions: readonly string[]) => void;
}

function Optional({ title, actions, chosen, onChange }: OptionalProps) {
  if (actions.length === 0) return null;
  return (
    <CheckboxGroup aria-label={words.request.optional(title)} value={[...chosen]} onChange={onChange}>
      {actions.map(({ action, text, reason }) => (
        <Checkbox key={action} value={action} className="item choice">
          <Tick />
          <span className="grow">
            {text}
            <span className="line small soft">{reason ?? words.request.yourChoice}</span>
          </span>
        </Checkbox>
      ))}
    </CheckboxGroup>
  );
}

/** Why: one purpose per kind, each by itself. */
export function Why({ asked }: { readonly asked: readonly AskedKind[] }) {
  const purposes = [...new Set(asked.map(({ purpose }) => purpose))];
  return (
    <section aria-labelledby="why">
      <h2 id="why">{words.request.why}</h2>
      {purposes.length === 1 ? (
        <p>{purposes[0]}</p>
      ) : (
        asked.map(({ title, purpose }) => (
          <p key={title}>
            <strong>{title}</strong>
            <span className="line">{purpose}</span>
          </p>
        ))
      )}
    </section>
  );
}
