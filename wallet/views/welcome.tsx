import { type FormEvent, useState } from "react";
import { type NameTrouble, ownNameTrouble } from "../../protocol/own-name.ts";
import type { Session } from "../../protocol/wallet.ts";
import type { AskView } from "../../protocol/wallet-asks.ts";
import { useAutofill } from "../account/autofill.ts";
import { keptRecovery } from "../account/kept-recovery.ts";
import { makePasskey, PasskeyFailure, showPasskey } from "../api/passkey.ts";
import { kindOf } from "../api/refusal.ts";
import type { Wallet } from "../api/wallet.ts";
import { to } from "../app/addresses.ts";
import { locale, words } from "../messages/languages.ts";
import { Icon } from "../parts/icon.tsx";
import { NameEntry } from "../parts/name-entry.tsx";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import { OtherLanguages } from "../settings/language.tsx";
import { clock } from "../words/dates.ts";

interface WelcomeProps {
  readonly appName: string;
  readonly described: string;
  readonly wallet: Wallet;
  readonly again: boolean;
  /** What asks, where the person came for it. */
  readonly ask?: AskView;
  readonly onBegan: (session: Session) => Promise<void>;
}

/** Signed out: sign in, or make a wallet. Both end with the device asking for the passkey. */
export function Welcome({ appName, described, wallet, again, ask, onBegan }: WelcomeProps) {
  const [busy, setBusy] = useState<"sign-in" | "create">();
  const [trouble, setTrouble] = useState<string>();
  const [unfit, setUnfit] = useState<NameTrouble>();

  const attempt = async (
    by: "sign-in" | "create",
    ceremony: () => Promise<Session>,
    told: (thrown: unknown) => string,
  ) => {
    setBusy(by);
    setTrouble(undefined);
    await ceremony().then(onBegan, (thrown: unknown) => {
      setTrouble(told(thrown));
      setBusy(undefined);
    });
  };

  const create = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name") ?? "").trim();
    const wrong = ownNameTrouble(name);
    setUnfit(wrong);
    if (wrong !== undefined || busy !== undefined) return;
    void attempt(
      "create",
      async () => {
        const offered = await wallet.accountOptions(name);
        return wallet.createAccount(name, described, offered.challenge, await makePasskey(offered));
      },
      createTrouble,
    );
  };
  const signIn = () =>
    attempt(
      "sign-in",
      async () => {
        const offered = await wallet.sessionOptions();
        return wallet.signIn(described, offered.challenge, await showPasskey(offered));
      },
      signInTrouble,
    );

  useAutofill(wallet, described, busy === undefined, onBegan, (thrown) => setTrouble(signInTrouble(thrown)));

  const pending = (by: typeof busy) => ({
    busy: busy !== undefined,
    ...(busy === by ? { working: words.welcome.working } : {}),
  });
  return (
    <Screen appName={appName} title={words.welcome.heading}>
      <p className="lead">{leadOf(again, ask)}</p>
      <p className="outcome warn" role="alert" hidden={trouble === undefined}>
        {trouble}
      </p>
      <section aria-labelledby="have-one">
        <h2 id="have-one">{words.welcome.haveOne}</h2>
        <Press kind="yes" wide {...pending("sign-in")} onPress={() => signIn()}>
          {words.welcome.signIn}
        </Press>
      </section>
      {ask?.elsewhereAt === undefined ? null : (
        <section aria-labelledby="elsewhere">
          <h2 id="elsewhere">{words.ask.haveElsewhere}</h2>
          <a className="button wide" href={ask.elsewhereAt}>
            {words.ask.elsewhere}
          </a>
        </section>
      )}
      <nav className="apart list" aria-label={words.recovery.lost}>
        <a className="item" href={to.recover}>
          <span className="grow">
            <strong>{words.recovery.lost}</strong>
            <span className="line small soft">
              {keptRecovery.read() === undefined ? words.recovery.lostHint : words.recovery.continueHint}
            </span>
          </span>
          <Icon name="forward" />
        </a>
      </nav>
      <section aria-labelledby="new-here">
        <h2 id="new-here">{words.welcome.newHere}</h2>
        <form className="stack" onSubmit={create} noValidate>
          <NameEntry
            label={words.welcome.name}
            hint={words.welcome.nameHint}
            autoComplete="name webauthn"
            {...(unfit === undefined ? {} : { problem: words.names.trouble[unfit] })}
          />
          <Press wide {...pending("create")}>
            {words.welcome.create}
          </Press>
        </form>
      </section>
      <p className="small soft apart">{words.welcome.passkey}</p>
      <div className="apart">
        <OtherLanguages />
      </div>
      <p className="only-heard" role="status">
        {busy === undefined ? "" : words.welcome.working}
      </p>
    </Screen>
  );
}

function leadOf(again: boolean, ask: AskView | undefined): string {
  if (again) return words.welcome.again;
  if (ask === undefined) return words.welcome.intro;
  if (ask.from === "here") return words.ask.signIn(ask.client);
  return words.ask.signInFromElsewhere(ask.client, clock(ask.startedAt, locale));
}

function createTrouble(thrown: unknown): string {
  if (thrown instanceof PasskeyFailure) return words.passkey[thrown.trouble];
  const kind = kindOf(thrown);
  if (kind === "not_accepted") return words.names.trouble.signs;
  return kind === "offline" ? words.deadEnd.offlineText : words.deadEnd.busyText;
}

function signInTrouble(thrown: unknown): string {
  if (thrown instanceof PasskeyFailure)
    return thrown.trouble === "cancelled" ? words.passkey.noneUsed : words.passkey[thrown.trouble];
  const kind = kindOf(thrown);
  if (kind === "offline") return words.deadEnd.offlineText;
  return kind === "busy" ? words.deadEnd.busyText : words.passkey.unknown;
}
