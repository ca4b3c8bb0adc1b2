import type { DeviceView } from "../../protocol/wallet-devices.ts";
import { useHere } from "../app/surface.ts";
import { secondsNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { day, lately } from "../words/dates.ts";
import { OwnCard } from "./own-card.tsx";

interface DeviceCardProps {
  readonly device: DeviceView;
  /** Looks again; what was done is said aloud. */
  readonly changed: (said?: string) => Promise<void>;
}

/** One device that rings: what it is called, since when, when it was opened and how it last rang. */
export function DeviceCard({ device, changed }: DeviceCardProps) {
  const { wallet } = useHere();
  const { id, platform, name = words.devices.unnamed[platform], addedAt, seenAt, rang, thisOne = false } = device;
  const when = (at: number) => lately(at, secondsNow(), locale);
  return (
    <OwnCard
      name={name}
      thisOne={thisOne}
      lines={[
        words.devices.added(day(addedAt, locale)),
        words.devices.seen(when(seenAt)),
        rang === undefined ? words.devices.neverRang : words.devices.rang[rang.result](when(rang.at)),
      ]}
      rename={(next) => wallet.renameDevice(id, next).then(() => changed())}
      removal={{
        heading: words.devices.removeHeading(name),
        consequences: [words.devices.removeStops, thisOne ? words.devices.removeHere : words.devices.removeOut],
        failed: words.devices.notRemoved,
        end: () => wallet.removeDevice(id).then(() => changed(words.devices.removed)),
      }}
    />
  );
}
