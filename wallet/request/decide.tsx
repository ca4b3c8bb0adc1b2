import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";

interface DecideProps {
  readonly client: string;
  /** Of what the app may see already. */
  readonly isChange: boolean;
  readonly busy: boolean;
  /** Why the last answer did not go through; said aloud where the buttons are. */
  readonly trouble: string;
  readonly onApprove: () => unknown;
  readonly onDecline: () => unknown;
}

/** The two answers, of one size and one reach (UX-02); each says its name with the app's. */
export function Decide({ client, isChange, busy, trouble, onApprove, onDecline }: DecideProps) {
  return (
    <section className="decide" aria-label={words.request.decide}>
      <p className="only-heard" role="status">
        {busy ? words.welcome.working : ""}
      </p>
      <div role="alert">{trouble === "" ? null : <p className="outcome warn">{trouble}</p>}</div>
      <div className="answers">
        <Press
          kind="no"
          label={isChange ? words.change.declineFor(client) : words.request.declineFor(client)}
          busy={busy}
          onPress={() => onDecline()}
        >
          {words.request.decline}
        </Press>
        <Press
          kind="yes"
          label={isChange ? words.change.approveFor(client) : words.request.approveFor(client)}
          busy={busy}
          onPress={() => onApprove()}
        >
          {words.request.approve}
        </Press>
      </div>
    </section>
  );
}
