import { Icon } from "./icon.tsx";

/** A row of a list that leads to another screen: what it is called, and what is there. */
export function Way({ to, name, hint }: { readonly to: string; readonly name: string; readonly hint?: string }) {
  return (
    <a className="item" href={to}>
      {hint === undefined ? (
        <strong className="grow">{name}</strong>
      ) : (
        <span className="grow">
          <strong>{name}</strong>
          <span className="line small soft">{hint}</span>
        </span>
      )}
      <Icon name="forward" />
    </a>
  );
}
