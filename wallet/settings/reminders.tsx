import { useHere } from "../app/surface.ts";
import { words } from "../messages/languages.ts";
import { Setting } from "./setting.tsx";

/** Whether the person is reminded of what they share (UX-17). */
export function Reminders() {
  const { wallet, me } = useHere();
  return (
    <Setting<true>
      id="reminders"
      heading={words.reminders.heading}
      explained={words.reminders.explained}
      now={me.noReminders ? words.settings.off : words.reminders.on}
      isOn={!me.noReminders}
      read={() => true}
      unfit=""
      save={(on) => wallet.setReminders(on === true)}
    >
      {(problem) => (problem === undefined ? null : <p role="alert">{problem}</p>)}
    </Setting>
  );
}
