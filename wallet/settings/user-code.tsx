import { useHere } from "../app/surface.ts";
import { words } from "../messages/languages.ts";
import { TextEntry } from "../parts/text-entry.tsx";
import { userCodeFits } from "../words/user-code.ts";
import { Setting } from "./setting.tsx";

/** The code an app must bring with the Wallet name (`user_code`): it is never shown again. */
export function UserCode() {
  const { wallet, me } = useHere();
  return (
    <Setting<string>
      id="user-code"
      heading={words.settings.codeHeading}
      explained={words.settings.codeExplained}
      now={me.hasUserCode ? words.settings.codeOn : words.settings.off}
      isOn={me.hasUserCode === true}
      read={(form) => {
        const code = String(form.get("userCode") ?? "").trim();
        return userCodeFits(code) ? code : undefined;
      }}
      unfit={words.settings.codeInvalid}
      save={wallet.setUserCode}
    >
      {(problem) => (
        <TextEntry
          name="userCode"
          label={words.settings.codeHeading}
          hint={words.settings.codeHint}
          maxLength={32}
          autoComplete="off"
          {...(problem === undefined ? {} : { problem })}
        />
      )}
    </Setting>
  );
}
