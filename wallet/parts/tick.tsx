import { Icon } from "./icon.tsx";

/** The box of a checkbox; its state comes from the label around it. */
export function Tick() {
  return (
    <span className="tick" aria-hidden="true">
      <Icon name="check" />
    </span>
  );
}
