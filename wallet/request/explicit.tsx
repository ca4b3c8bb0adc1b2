import { Checkbox } from "react-aria-components/Checkbox";
import type { AskedKind } from "../../protocol/wallet.ts";
import { words } from "../messages/languages.ts";
import { Tick } from "../parts/tick.tsx";

interface ExplicitProps {
  readonly kind: AskedKind;
  readonly id: string;
  readonly yes: boolean;
  readonly onChange: (yes: boolean) => void;
}

/** A sensitive kind among others is not part of a bundle: it has a yes of its own, which nobody gave before (UX-09). */
export function Explicit({ kind, id, yes, onChange }: ExplicitProps) {
  return (
    <div className="list apart" id={id}>
      <Checkbox className="item choice" isSelected={yes} onChange={onChange}>
        <Tick />
        <span className="grow">{words.explicit.yes(kind.title)}</span>
      </Checkbox>
    </div>
  );
}
