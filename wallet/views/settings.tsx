import { AccountLinks } from "../account/links.tsx";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import { Way } from "../parts/way.tsx";
import { Language } from "../settings/language.tsx";
import { QuietTimes } from "../settings/quiet-hours.tsx";
import { Reminders } from "../settings/reminders.tsx";
import { ThisBrowser } from "../settings/this-browser.tsx";
import { UserCode } from "../settings/user-code.tsx";
import { WalletName } from "../settings/wallet-name.tsx";

/** Settings: how the person signs in, whether apps may reach the person by a name, what must come with it, when it is quiet, whether this browser rings, the language, and leaving. */
export function SettingsScreen({ sought }: { readonly sought?: "ring" }) {
  const { me, appName, signOut } = useHere();
  return (
    <Screen appName={appName} title={words.settings.heading} back={to.home} backWords={words.app.home}>
      <AccountLinks />
      <WalletName />
      <UserCode />
      <QuietTimes />
      <Reminders />
      <ThisBrowser sought={sought === "ring"} />
      <Language />
      <section aria-labelledby="leave">
        <h2 id="leave">{words.settings.leaveHeading(me.name)}</h2>
        <p className="soft small">{words.settings.leaveHint}</p>
        <Press wide onPress={() => signOut()}>
          {words.settings.signOut}
        </Press>
      </section>
      <nav className="apart list" aria-label={words.erase.heading}>
        <Way to={to.deleteWallet} name={words.erase.heading} hint={words.erase.hint} />
      </nav>
    </Screen>
  );
}
