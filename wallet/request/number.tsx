import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { words } from "../messages/languages.ts";
import type { Choice, Choices } from "./choices.ts";

interface NumberProps {
  readonly numbers: readonly string[] | undefined;
  readonly choices: Choices;
  readonly choose: (choice: Choice) => void;
}

/** Which number the other screen shows: whoever did not start this cannot know (UX-32). */
export function WhichNumber({ numbers, choices, choose }: NumberProps) {
  if (numbers === undefined) return null;
  return (
    <section id="number-match" className="outcome warn" aria-labelledby="number">
      <h2 id="number">{words.request.number}</h2>
      <RadioGroup
        className="segments"
        aria-labelledby="number"
        orientation="horizontal"
        value={choices.number ?? null}
        onChange={(number) => choose({ type: "number", number })}
      >
        {numbers.map((number) => (
          <Radio key={number} value={number} className="segment">
            {number}
          </Radio>
        ))}
      </RadioGroup>
      <p className="small">{words.request.notStarted}</p>
    </section>
  );
}
