import { AddDevice } from "../account/add-device.tsx";
import { DeviceCard } from "../account/device-card.tsx";
import { SignedInElsewhere } from "../account/elsewhere.tsx";
import { OwnList } from "../account/own-list.tsx";
import { useHere } from "../app/surface.ts";
import { words } from "../messages/languages.ts";

/** The phones and browsers that ring for a person, and the sessions elsewhere. */
export function DevicesScreen() {
  const { wallet } = useHere();
  return (
    <OwnList
      heading={words.devices.heading}
      explained={words.devices.explained}
      ask={wallet.devices}
      card={(device, _, changed) => <DeviceCard key={device.id} device={device} changed={changed} />}
      none={
        <section className="card">
          <p>{words.devices.none}</p>
        </section>
      }
      below={() => (
        <>
          <AddDevice />
          <SignedInElsewhere />
        </>
      )}
    />
  );
}
