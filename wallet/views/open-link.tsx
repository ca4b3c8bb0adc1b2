import { type FormEvent, useState } from "react";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { hashOfLink } from "../elsewhere/link.ts";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { Screen } from "../parts/screen.tsx";
import { TextEntry } from "../parts/text-entry.tsx";

/** The link of another screen, brought here by any means but the camera (UX-33). */
export function OpenLinkScreen() {
  const { appName, walletOrigin } = useHere();
  const [foreign, setForeign] = useState(false);
  const open = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const link = String(new FormData(event.currentTarget).get("link") ?? "");
    const hash = hashOfLink(link, await walletOrigin());
    setForeign(hash === undefined);
    if (hash !== undefined) location.hash = hash;
  };
  return (
    <Screen appName={appName} title={words.openLink.heading} back={to.home} backWords={words.app.home}>
      <p className="lead">{words.openLink.how}</p>
      <form className="stack apart" onSubmit={(event) => void open(event)} noValidate>
        <TextEntry
          name="link"
          label={words.openLink.label}
          hint={words.openLink.hint}
          maxLength={1_000}
          autoComplete="off"
          {...(foreign ? { problem: words.openLink.foreign } : {})}
        />
        <Press kind="yes" wide>
          {words.openLink.open}
        </Press>
      </form>
    </Screen>
  );
}
