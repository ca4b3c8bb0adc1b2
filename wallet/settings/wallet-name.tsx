import { useHere } from "../app/surface.ts";
import { words } from "../messages/languages.ts";
import { TextEntry } from "../parts/text-entry.tsx";
import { walletNameFits } from "../words/wallet-name.ts";
import { Setting } from "./setting.tsx";

/** The Wallet name an app may use to reach the person (`login_hint`): off until they switch it on. */
export function WalletName() {
  const { wallet, me } = useHere();
  return (
    <Setting<string>
      id="wallet-name"
      heading={words.settings.nameHeading}
      explained={words.settings.nameExplained}
      now={me.walletName === undefined ? words.settings.off : words.settings.nameOn(me.walletName)}
      isOn={me.walletName !== undefined}
      read={(form) => {
        const name = String(form.get("walletName") ?? "")
          .trim()
          .toLowerCase();
        return walletNameFits(name) ? name : undefined;
      }}
      unfit={words.settings.nameInvalid}
      save={wallet.setWalletName}
      refused={(kind) =>
        kind === "changed" || kind === "not_accepted" ? words.settings.nameTaken : words.settings.notSaved
      }
    >
      {(problem) => (
        <TextEntry
          name="walletName"
          label={words.settings.nameHeading}
          hint={words.settings.nameHint}
          maxLength={30}
          autoComplete="off"
          {...(problem === undefined ? {} : { problem })}
        />
      )}
    </Setting>
  );
}
