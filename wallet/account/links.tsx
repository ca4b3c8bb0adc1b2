import { to } from "../app/addresses.ts";
import { words } from "../messages/languages.ts";
import { Way } from "../parts/way.tsx";

const places = [
  { at: to.passkeys, heading: words.passkeys.heading, hint: words.passkeys.hint },
  { at: to.devices, heading: words.devices.heading, hint: words.devices.hint },
  { at: to.exportAll, heading: words.export.heading, hint: words.export.hint },
  { at: to.recovery, heading: words.recovery.heading, hint: words.recovery.hint },
];

/** The ways to what a person's account is made of. */
export function AccountLinks() {
  return (
    <nav className="apart list" aria-label={words.settings.heading}>
      {places.map(({ at, heading, hint }) => (
        <Way key={at} to={at} name={heading} hint={hint} />
      ))}
    </nav>
  );
}
