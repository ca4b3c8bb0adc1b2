import { createContext, useContext, useState } from "react";
import { initials } from "../words/initials.ts";

/** Origin of the exchange's pictures; unknown while Navigator still looks up which exchange it belongs to. */
export const PicturesContext = createContext<string | undefined>(undefined);

/** Stands for an app, a source or a person: its picture where one is known and comes, else initials. */
export function Mark({
  name,
  logo,
  round = false,
}: {
  readonly name: string;
  readonly logo?: string | undefined;
  readonly round?: boolean;
}) {
  const origin = useContext(PicturesContext);
  const [missing, setMissing] = useState<string>();
  if (logo !== undefined && origin !== undefined && missing !== logo)
    return (
      <img
        className="mark"
        src={`${origin}/wallet/logos/${logo}`}
        alt=""
        width="48"
        height="48"
        onError={() => setMissing(logo)}
      />
    );
  return (
    <span className={round ? "mark round" : "mark"} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
