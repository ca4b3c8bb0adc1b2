import type { ConsentView } from "../../protocol/wallet.ts";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { isConnected } from "../home/connections.tsx";
import { words } from "../messages/languages.ts";
import { Ending } from "../parts/ending.tsx";

/** An entry that is over goes out of the person's own history, after a warning (UX-20). */
export function ForgetConsent({ consent }: { readonly consent: ConsentView }) {
  const { wallet } = useHere();
  if (isConnected(consent)) return null;
  const forget = async () => {
    await wallet.forgetConsent(consent.id);
    location.hash = to.consents;
  };
  return (
    <Ending
      possible
      words={{
        offer: words.forget.offer,
        heading: words.forget.heading,
        consequences: [words.forget.gone, words.forget.stays(consent.client), words.forget.again],
        keep: words.forget.keep,
        confirm: words.forget.confirm,
        working: words.forget.working,
        failed: words.forget.failed,
      }}
      end={forget}
    />
  );
}
