import { type FormEvent, useState } from "react";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { TextEntry } from "../parts/text-entry.tsx";

interface RenameProps {
  readonly name: string;
  readonly save: (name: string) => Promise<unknown>;
}

/** What the person calls something of theirs: a press, then one line. */
export function Rename({ name, save }: RenameProps) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const next = String(new FormData(event.currentTarget).get("name") ?? "").trim();
    if (next === "") return setProblem(words.own.nameUnfit);
    setBusy(true);
    await save(next).then(
      () => setOpen(false),
      () => setProblem(words.own.nameUnfit),
    );
    setBusy(false);
  };
  if (!open)
    return (
      <Press label={words.own.renameThis(name)} onPress={() => setOpen(true)}>
        {words.own.rename}
      </Press>
    );
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <TextEntry
        name="name"
        label={words.own.name}
        initial={name}
        maxLength={60}
        autoComplete="off"
        {...(problem === undefined ? {} : { problem })}
      />
      <div className="pair">
        <Press onPress={() => setOpen(false)}>{words.own.notNow}</Press>
        <Press kind="yes" busy={busy}>
          {words.own.save}
        </Press>
      </div>
    </form>
  );
}
