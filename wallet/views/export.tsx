import { useState } from "react";
import type { WalletExport } from "../../protocol/wallet-export.ts";
import { to } from "../app/addresses.ts";
import { useHere } from "../app/surface.ts";
import { exportPage } from "../export/page.ts";
import { words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { saveFile } from "../parts/save-file.ts";
import { Screen } from "../parts/screen.tsx";

/** All that is kept of a person, as a file (UX-20). */
export function ExportScreen() {
  const { wallet, appName } = useHere();
  const [outcome, setOutcome] = useState<"saved" | "failed" | "busy">();
  const save = async (keep: (all: WalletExport) => void) => {
    setOutcome("busy");
    await wallet
      .exported()
      .then(keep)
      .then(
        () => setOutcome("saved"),
        () => setOutcome("failed"),
      );
  };
  const asPage = (all: WalletExport) => saveFile(`${words.export.file}.html`, "text/html", exportPage(all));
  const asJson = (all: WalletExport) =>
    saveFile(`${words.export.file}.json`, "application/json", JSON.stringify(all, null, 2));
  return (
    <Screen appName={appName} title={words.export.heading} back={to.settings} backWords={words.settings.heading}>
      <p className="lead">{words.export.intro}</p>
      <p className="soft">{words.export.careful}</p>
      <div className="stack apart">
        <Press kind="yes" busy={outcome === "busy"} onPress={() => save(asPage)}>
          {words.export.page}
        </Press>
        <Press busy={outcome === "busy"} onPress={() => save(asJson)}>
          {words.export.json}
        </Press>
      </div>
      <p
        className={outcome === "failed" ? "outcome warn" : "outcome good"}
        role="status"
        hidden={outcome === undefined}
      >
        {outcome === "saved" ? words.export.saved : outcome === "failed" ? words.settings.notSaved : words.app.loading}
      </p>
    </Screen>
  );
}
