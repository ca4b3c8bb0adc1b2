import { AddPasskey } from "../account/add-passkey.tsx";
import { OwnList } from "../account/own-list.tsx";
import { PasskeyCard } from "../account/passkey-card.tsx";
import { useHere } from "../app/surface.ts";
import { words } from "../messages/languages.ts";

/** The passkeys of a person. */
export function PasskeysScreen() {
  const { wallet } = useHere();
  return (
    <OwnList
      heading={words.passkeys.heading}
      explained={words.passkeys.explained}
      ask={wallet.passkeys}
      card={(passkey, all, changed) => (
        <PasskeyCard key={passkey.id} passkey={passkey} isOnly={all.length === 1} changed={changed} />
      )}
      below={(all, look) => <AddPasskey names={all.flatMap(({ name }) => name ?? [])} added={look} />}
    />
  );
}
