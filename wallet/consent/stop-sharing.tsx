import type { ConsentView } from "../../protocol/wallet.ts";
import { useHere } from "../app/surface.ts";
import { secondsNow } from "../app/watch.ts";
import { isConnected } from "../home/connections.tsx";
import { locale, words } from "../messages/languages.ts";
import { Ending } from "../parts/ending.tsx";
import { clock } from "../words/dates.ts";
import { Contact } from "./contact.tsx";

interface StopSharingProps {
  readonly consent: ConsentView;
  /** How many more permissions of the same app stay in force. */
  readonly others: number;
  readonly onStopped: (consent: ConsentView) => void;
}

/** The end of a consent: what stops and what the app keeps, then the word. */
export function StopSharing({ consent, others, onStopped }: StopSharingProps) {
  const { wallet } = useHere();
  const { client, endedAt, signIn } = consent;
  const says = words.consent.ending[signIn ? "signIn" : "sharing"];
  const stays = others === 0 ? [] : [words.consent.others(client, others)];
  const contact = <Contact client={client} contact={consent.contact} />;
  return (
    <Ending
      possible={isConnected(consent)}
      words={{
        offer: says.offer,
        heading: says.heading(client),
        consequences: [says.stopsNow(client), ...stays, words.consent.again, says.keeps(client)],
        ...(signIn ? {} : { beside: contact }),
        keep: says.keep,
        confirm: says.confirm,
        working: words.consent.stopping,
        failed: words.consent.notStopped,
      }}
      end={() => wallet.withdraw(consent.id).then(onStopped)}
      result={[says.ended(client, clock(endedAt ?? secondsNow(), locale)), ...stays].join(" ")}
      after={signIn ? null : contact}
    />
  );
}
