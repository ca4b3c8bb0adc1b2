import { words } from "../messages/languages.ts";
import { Ending } from "../parts/ending.tsx";
import { Rename } from "./rename.tsx";

interface OwnCardProps {
  readonly name: string;
  readonly thisOne: boolean;
  /** What else there is to say of it. */
  readonly lines: readonly string[];
  readonly rename: (name: string) => Promise<unknown>;
  /** What removing it means, and does; or why it stays. */
  readonly removal:
    | string
    | {
        readonly heading: string;
        readonly consequences: readonly string[];
        readonly failed: string;
        readonly end: () => Promise<unknown>;
      };
}

/** Something of the person's own, in a list: what it is called, how it stands, and the ways to rename and to remove it. */
export function OwnCard({ name, thisOne, lines, rename, removal }: OwnCardProps) {
  return (
    <li className="card stack">
      <div>
        <strong className="break">{name}</strong>
        {thisOne ? <span className="pill beside">{words.own.thisOne}</span> : null}
        {lines.map((line) => (
          <span key={line} className="line small soft">
            {line}
          </span>
        ))}
      </div>
      <Rename name={name} save={rename} />
      {typeof removal === "string" ? (
        <p className="small soft">{removal}</p>
      ) : (
        <Ending
          possible
          words={{
            offer: words.own.remove,
            label: words.own.removeThis(name),
            heading: removal.heading,
            consequences: removal.consequences,
            keep: words.own.keep,
            confirm: words.own.confirm,
            working: words.own.working,
            failed: removal.failed,
          }}
          end={removal.end}
        />
      )}
    </li>
  );
}
