import type { PasskeyView } from "../../protocol/wallet-passkeys.ts";
import { forgetPasskey } from "../api/passkey.ts";
import { useHere } from "../app/surface.ts";
import { secondsNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { day, lately } from "../words/dates.ts";
import { confirmation } from "./confirm.ts";
import { OwnCard } from "./own-card.tsx";

interface PasskeyCardProps {
  readonly passkey: PasskeyView;
  readonly isOnly: boolean;
  /** Looks again; what was done is said aloud. */
  readonly changed: (said?: string) => Promise<void>;
}

/** One passkey: what it is called, since when, and when it was used. The only one stays. */
export function PasskeyCard({ passkey, isOnly, changed }: PasskeyCardProps) {
  const { wallet, walletOrigin } = useHere();
  const { id, name = words.passkeys.unnamed, createdAt, lastUsedAt, synced, thisOne = false } = passkey;
  const remove = async () => {
    await wallet.removePasskey(id, await confirmation(wallet, "remove_passkey", id));
    await forgetPasskey(id, new URL(await walletOrigin()).hostname);
    await changed(words.passkeys.removed);
  };
  return (
    <OwnCard
      name={name}
      thisOne={thisOne}
      lines={[
        words.passkeys.made(day(createdAt, locale)),
        lastUsedAt === undefined
          ? words.passkeys.neverUsed
          : words.passkeys.used(lately(lastUsedAt, secondsNow(), locale)),
        synced ? words.passkeys.synced : words.passkeys.onOne,
      ]}
      rename={(next) => wallet.renamePasskey(id, next).then(() => changed())}
      removal={
        isOnly
          ? words.passkeys.onlyOne
          : {
              heading: words.passkeys.removeHeading(name),
              consequences: [
                words.passkeys.removeStops,
                ...(thisOne ? [words.passkeys.removeHere] : []),
                words.passkeys.removeConfirm,
              ],
              failed: words.passkeys.notRemoved,
              end: remove,
            }
      }
    />
  );
}
