import type { QuietHours } from "../../protocol/settings.ts";
import { useHere } from "../app/surface.ts";
import { locale, words } from "../messages/languages.ts";
import { TextEntry } from "../parts/text-entry.tsx";
import { clockTime, zoneWords } from "../words/dates.ts";
import { Setting } from "./setting.tsx";

/** When requests the person did not start ring nowhere (UX-36), by the clock of the place this device is in. */
export function QuietTimes() {
  const { wallet, me } = useHere();
  const { quietHours } = me;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (
    <Setting<QuietHours>
      id="quiet-hours"
      heading={words.settings.quietHeading}
      explained={words.settings.quietExplained}
      now={quietHours === undefined ? words.settings.off : onWords(quietHours)}
      isOn={quietHours !== undefined}
      read={(form) => {
        const [from = "", to = ""] = ["from", "to"].map((name) => String(form.get(name) ?? ""));
        return from === "" || to === "" || from === to ? undefined : { from, to, timeZone };
      }}
      unfit={words.settings.quietInvalid}
      save={wallet.setQuietHours}
    >
      {(problem) => (
        <>
          <TextEntry name="from" label={words.settings.quietFrom} type="time" autoComplete="off" initial="22:00" />
          <TextEntry
            name="to"
            label={words.settings.quietTo}
            hint={words.settings.quietZone(zoneWords(timeZone, locale))}
            type="time"
            autoComplete="off"
            initial="07:00"
            {...(problem === undefined ? {} : { problem })}
          />
        </>
      )}
    </Setting>
  );
}

const onWords = ({ from, to, timeZone }: QuietHours) =>
  words.settings.quietOn(clockTime(from, locale), clockTime(to, locale), zoneWords(timeZone, locale));
