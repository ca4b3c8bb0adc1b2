import type { ActivityEntry } from "../../protocol/wallet-activity.ts";
import { locale, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";
import { saveFile } from "../parts/save-file.ts";
import { csv } from "../words/csv.ts";
import { list } from "../words/list.ts";
import { sentence } from "./sentence.ts";

/** What is shown, as a file for people or for programs. */
export function SaveActivity({ entries }: { readonly entries: readonly ActivityEntry[] }) {
  const rows = entries.map((entry) => [
    new Date(entry.at * 1_000).toISOString(),
    sentence(entry),
    entry.app ?? "",
    entry.place ?? "",
    entry.device ?? "",
    list(entry.titles ?? [], locale),
    String(entry.times ?? ""),
  ]);
  return (
    <section aria-labelledby="save">
      <h2 id="save">{words.activity.save}</h2>
      <p className="soft small">{words.activity.saveHint}</p>
      <div className="pair">
        <Press
          onPress={() =>
            saveFile(`${words.activity.file}.csv`, "text/csv;charset=utf-8", `\ufeff${csv([columns(), ...rows])}`)
          }
        >
          {words.activity.saveCsv}
        </Press>
        <Press
          onPress={() =>
            saveFile(`${words.activity.file}.json`, "application/json", JSON.stringify({ entries }, null, 2))
          }
        >
          {words.activity.saveJson}
        </Press>
      </div>
    </section>
  );
}

function columns(): readonly string[] {
  return (["when", "what", "app", "place", "device", "about", "times"] as const).map(
    (name) => words.activity.columns[name],
  );
}
