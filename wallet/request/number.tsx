import { Input } from "react-aria-components/Input";
import { Text } from "react-aria-components/Text";
import { TextField } from "react-aria-components/TextField";
import { to } from "../app/addresses.ts";
import { words } from "../messages/languages.ts";
import type { Choice, Choices } from "./choices.ts";

interface NumberProps {
  readonly missesLeft: number | undefined;
  /** What the link of the other screen brought. */
  readonly byLink: string | undefined;
  /** The other screen is a page of ours, whose link leads here and brings no number (N-70). */
  readonly elsewhere: boolean;
  readonly choices: Choices;
  readonly choose: (choice: Choice) => void;
}

const FIELD = "number-match";

/** The number the other screen shows, typed: whoever did not start this cannot know it (UX-32). It may be pasted (WCAG 3.3.8). */
export function WhichNumber({ missesLeft, byLink, elsewhere, choices, choose }: NumberProps) {
  if (missesLeft === undefined) return null;
  if (byLink !== undefined && byLink === choices.number) return <Brought number={byLink} />;
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
      {elsewhere ? null : (
        <>
          <p className="small">{words.byLink.or}</p>
          <a className="button" href={to.openLink}>
            {words.byLink.open}
          </a>
        </>
      )}
    </section>
  );
}

/** Nothing to type (WCAG 3.3.8), and still something to compare. */
function Brought({ number }: { readonly number: string }) {
  return (
    <section className="outcome warn" aria-labelledby="number">
      <h2 id="number">{words.byLink.heading}</h2>
      <p className="binding">{number}</p>
      <p>{words.byLink.hint}</p>
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
