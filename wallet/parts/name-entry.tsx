import { useState } from "react";
import { OWN_NAME_MOST, signsOf } from "../../protocol/own-name.ts";
import { words } from "../messages/languages.ts";
import { TextEntry } from "./text-entry.tsx";

interface NameEntryProps {
  readonly label: string;
  readonly hint?: string;
  readonly initial?: string;
  readonly autoComplete: string;
  readonly focused?: boolean;
  readonly problem?: string;
}

/** A name in the person's own words. It says when it is full, and cuts nothing off. */
export function NameEntry(field: NameEntryProps) {
  const [signs, setSigns] = useState(signsOf(field.initial ?? ""));
  return (
    <>
      <TextEntry name="name" {...field} onChange={(name) => setSigns(signsOf(name.trim()))} />
      <p className={signs < OWN_NAME_MOST ? "only-heard" : "small soft"} role="status">
        {lengthOf(signs)}
      </p>
    </>
  );
}

function lengthOf(signs: number): string {
  if (signs < OWN_NAME_MOST) return "";
  return signs === OWN_NAME_MOST ? words.names.full : words.names.over(signs - OWN_NAME_MOST);
}
