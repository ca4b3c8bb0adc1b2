import { Checkbox } from "react-aria-components/Checkbox";
import { CheckboxGroup } from "react-aria-components/CheckboxGroup";
import type { AskedKind } from "../../protocol/wallet.ts";
import { words } from "../messages/languages.ts";
import { Icon } from "../parts/icon.tsx";
import { Tick } from "../parts/tick.tsx";
import type { Choice, Choices } from "./choices.ts";

interface WhatProps {
  readonly asked: readonly AskedKind[];
  readonly choices: Choices;
  readonly choose: (choice: Choice) => void;
}

/** What they will see: needed actions are locked with their reason, the others are off until chosen (UX-03). */
export function What({ asked, choices, choose }: WhatProps) {
  return (
    <section aria-labelledby="what">
      <h2 id="what">{words.request.what}</h2>
      {asked.map((kind, index) => (
        <div key={kind.title} className="kind">
          <div className="list">
            <div className="item">
              <span className="grow">
                <strong>{kind.title}</strong>
                <span className="line small soft">{kind.description}</span>
              </span>
            </div>
            <Needed kind={kind} />
            <Optional
              kind={kind}
              chosen={choices.optional[index] ?? []}
              onChange={(actions) => choose({ type: "optional", kind: index, actions })}
            />
          </div>
          <p className={kind.sensitivity === "ordinary" ? "small soft under" : "small under sensitive"}>
            {words.request.sensitive[kind.sensitivity]}
          </p>
        </div>
      ))}
    </section>
  );
}

function Needed({ kind }: { readonly kind: AskedKind }) {
  return kind.actions
    .filter(({ required }) => required)
    .map(({ action, text, reason }) => (
      <div key={action} className="item">
        <Icon name="lock" />
        <span className="grow">
          {text}
          <span className="line small soft">
            {reason === undefined ? words.request.needed : words.request.neededBecause(reason)}
          </span>
        </span>
      </div>
    ));
}

interface OptionalProps {
  readonly kind: AskedKind;
  readonly chosen: readonly string[];
  readonly onChange: (actions: readonly string[]) => void;
}

function Optional({ kind, chosen, onChange }: OptionalProps) {
  const optional = kind.actions.filter(({ required }) => !required);
  if (optional.length === 0) return null;
  return (
    <CheckboxGroup aria-label={words.request.optional(kind.title)} value={[...chosen]} onChange={onChange}>
      {optional.map(({ action, text, reason }) => (
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
