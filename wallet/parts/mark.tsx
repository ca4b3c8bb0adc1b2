import { initials } from "../words/initials.ts";

/** Stands for an app or a person where no picture is known. */
export function Mark({ name, round = false }: { readonly name: string; readonly round?: boolean }) {
  return (
    <span className={round ? "mark round" : "mark"} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
