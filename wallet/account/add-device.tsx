import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { words } from "../messages/languages.ts";

/** How one more device rings: the switch is under the settings, and in Navigator signing in is enough. */
export function AddDevice() {
  const { ringing } = useHere();
  return (
    <section>
      <p>{words.devices.addHow}</p>
      {ringing === undefined ? null : (
        <a className="quiet" href={to.ring}>
          {words.devices.toSwitch}
        </a>
      )}
    </section>
  );
}
