import type { PasskeyView } from "../../protocol/wallet-passkeys.ts";
import { forgetPasskey } from "../api/passkey.ts";
import { useHere } from "../app/surface.ts";
import { secondsNow } from "../app/watch.ts";
import { locale, words } from "../messages/languages.ts";
import { Ending } from "../parts/ending.tsx";
import { day, lately } from "../words/dates.ts";
import { confirmation } from "./confirm.ts";
import { Rename } from "./rename.tsx";

interface PasskeyCardProps {
  readonly passkey: PasskeyView;
  readonly isOnly: boolean;
  readonly changed: () => Promise<void>;
}

/** One passkey: what it is called, since when, when it was used, and the ways to rename and to remove it. */
export function PasskeyCard({ passkey, isOnly, changed }: PasskeyCardProps) {
  const { wallet, walletOrigin } = useHere();
  const { id, name = words.passkeys.unnamed, createdAt, lastUsedAt, synced, thisOne } = passkey;
  const remove = async () => {
    await wallet.removePasskey(id, await confirmation(wallet, "remove_passkey", id));
    await forgetPasskey(id, new URL(await walletOrigin()).hostname);
    await changed();
  };
  return (
    <li className="card stack">
      <div>
        <strong className="break">{name}</strong>
        {thisOne ? <span className="pill beside">{words.passkeys.thisOne}</span> : null}
        <span className="line small soft">{words.passkeys.made(day(createdAt, locale))}</span>
        <span className="line small soft">
          {lastUsedAt === undefined
            ? words.passkeys.neverUsed
            : words.passkeys.used(lately(lastUsedAt, secondsNow(), locale))}
        </span>
        <span className="line small soft">{synced ? words.passkeys.synced : words.passkeys.onOne}</span>
      </div>
      <Rename name={name} save={(next) => wallet.renamePasskey(id, next).then(changed)} />
      {isOnly ? (
        <p className="small soft">{words.passkeys.onlyOne}</p>
      ) : (
        <Ending
          possible
          words={{
            offer: words.passkeys.remove,
            label: words.passkeys.removeThis(name),
            heading: words.passkeys.removeHeading(name),
            consequences: [
              words.passkeys.removeStops,
              ...(thisOne ? [words.passkeys.removeHere] : []),
              words.passkeys.removeConfirm,
            ],
            keep: words.passkeys.keep,
            confirm: words.passkeys.confirm,
            working: words.passkeys.working,
            failed: words.passkeys.notRemoved,
          }}
          end={remove}
          result={words.passkeys.removed}
        />
      )}
    </li>
  );
}
