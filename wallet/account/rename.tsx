import { type FormEvent, useState } from "react";
import { ownNameTrouble } from "../../protocol/own-name.ts";
import { words } from "../messages/languages.ts";
import { NameEntry } from "../parts/name-entry.tsx";
import { Press } from "../parts/press.tsx";

interface RenameProps {
  readonly name: string;
  readonly save: (name: string) => Promise<unknown>;
}

/** What the person calls something of theirs: a press, then one line. */
export function Rename({ name, save }: RenameProps) {
  const [open, setOpen] = useState<boolean>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const next = String(new FormData(event.currentTarget).get("name") ?? "").trim();
    const trouble = ownNameTrouble(next);
    if (trouble !== undefined) return setProblem(words.names.trouble[trouble]);
    setBusy(true);
    await save(next).then(shut, () => setProblem(words.settings.notSaved));
    setBusy(false);
  };
  const shut = () => {
    setProblem(undefined);
    setOpen(false);
  };
  if (!open)
    return (
      <Press label={words.own.renameThis(name)} focused={open === false} onPress={() => setOpen(true)}>
        {words.own.rename}
      </Press>
    );
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <NameEntry
        focused
        label={words.own.name}
        initial={name}
        autoComplete="off"
        {...(problem === undefined ? {} : { problem })}
      />
      <div className="pair">
        <Press onPress={shut}>{words.own.notNow}</Press>
        <Press kind="yes" busy={busy}>
          {words.own.save}
        </Press>
      </div>
    </form>
  );
}
