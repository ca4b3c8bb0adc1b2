import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";

interface PressProps {
  readonly children: ReactNode;
  /** How it looks: `yes` for the way on, `no` for the other answer, `end` for ending something, `quiet` for a way out. */
  readonly kind?: "yes" | "no" | "end" | "quiet";
  readonly wide?: boolean;
  readonly label?: string;
  /** While something is under way a press does nothing; the button keeps the focus. */
  readonly busy?: boolean;
  /** What it says meanwhile. */
  readonly working?: string;
  /** Comes in the place of what had the focus. */
  readonly focused?: boolean;
  readonly onPress?: () => unknown;
}

/** A button. Without `onPress` it sends the form it stands in. */
export function Press({
  children,
  kind,
  wide = false,
  label,
  busy = false,
  working,
  focused = false,
  onPress,
}: PressProps) {
  const classes = ["button", kind, wide && "wide", busy && "busy"].filter(Boolean).join(" ");
  const press = onPress === undefined ? {} : { onPress: () => void (busy || onPress()) };
  return (
    <Button
      className={classes}
      autoFocus={focused}
      type={onPress === undefined ? "submit" : "button"}
      {...(label === undefined ? {} : { "aria-label": label })}
      {...press}
    >
      {busy ? (working ?? children) : children}
    </Button>
  );
}
