import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";

/** On home, until there is a recovery code or the person says "not now". */
export function RecoveryReminder() {
  const { wallet, me, changedMe } = useHere();
  const { codeMadeAt, declined } = me.recovery ?? {};
  if (codeMadeAt !== undefined || declined) return null;
  return (
    <section className="card" aria-labelledby="recovery-reminder">
      <h2 id="recovery-reminder">{words.recovery.reminder}</h2>
      <p>{words.recovery.reminderText}</p>
      <div className="pair under">
        <Press onPress={() => wallet.declineRecoveryCode().then(changedMe, () => undefined)}>
          {words.recovery.notNow}
        </Press>
        <a className="button" href={to.recovery}>
          {words.recovery.make}
        </a>
      </div>
    </section>
  );
}
