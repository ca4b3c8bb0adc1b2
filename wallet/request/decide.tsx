import { Button } from "react-aria-components/Button";
import { words } from "../messages/languages.ts";

interface DecideProps {
  readonly client: string;
  readonly busy: boolean;
  readonly onApprove: () => unknown;
  readonly onDecline: () => unknown;
}

/** The two answers, of one size and one reach (UX-02); each says its name with the app's. */
export function Decide({ client, busy, onApprove, onDecline }: DecideProps) {
  return (
    <section className="decide" aria-label={words.request.decide}>
      <p className="only-heard" role="status">
        {busy ? words.request.signing : ""}
      </p>
      <div>
        <Button
          className="button no"
          aria-label={words.request.declineFor(client)}
          isPending={busy}
          onPress={() => void onDecline()}
        >
          {words.request.decline}
        </Button>
        <Button
          className="button yes"
          aria-label={words.request.approveFor(client)}
          isPending={busy}
          onPress={() => void onApprove()}
        >
          {words.request.approve}
        </Button>
      </div>
    </section>
  );
}
