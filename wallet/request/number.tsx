import { Input } from "react-aria-components/Input";
import { Text } from "react-aria-components/Text";
import { TextField } from "react-aria-components/TextField";
import { words } from "../messages/languages.ts";
import type { Choice, Choices } from "./choices.ts";

interface NumberProps {
  readonly missesLeft: number | undefined;
  readonly choices: Choices;
  readonly choose: (choice: Choice) => void;
}

const FIELD = "number-match";

/** The number the other screen shows, typed: whoever did not start this cannot know it (UX-32). It may be pasted (WCAG 3.3.8). */
export function WhichNumber({ missesLeft, choices, choose }: NumberProps) {
  if (missesLeft === undefined) return null;
  return (
    <section className="outcome warn" aria-labelledby="number">
      <h2 id="number">{words.request.number}</h2>
      <TextField
        id={FIELD}
        className="field digits"
        aria-labelledby="number"
        inputMode="numeric"
        autoComplete="off"
        value={choices.number ?? ""}
        onChange={(typed) => choose({ type: "number", number: digitsOf(typed) })}
      >
        <Input />
        <Text slot="description" className="small">
          {words.request.numberHint}
        </Text>
      </TextField>
    </section>
  );
}

/** Whether the number can be sent: there is none to type, or both digits are there. */
export const isTyped = (missesLeft: number | undefined, { number = "" }: Choices) =>
  missesLeft === undefined || number.length === 2;

export function toNumber() {
  const input = document.getElementById(FIELD);
  input?.focus({ preventScroll: true });
  input?.scrollIntoView({ block: "center" });
}

function digitsOf(typed: string): string | undefined {
  const digits = typed.replace(/\D/g, "").slice(0, 2);
  return digits === "" ? undefined : digits;
}
