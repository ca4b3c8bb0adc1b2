import { languages, speak, words } from "../messages/languages.ts";
import { Press } from "../parts/press.tsx";

/** The language of the Wallet, found by whoever reads only one of them. */
export function Language() {
  return (
    <section aria-labelledby="language">
      <h2 id="language">
        {words.language.heading}
        {others.map((other) => (
          <span key={other.locale} lang={other.locale}>{` · ${other.words.language.heading}`}</span>
        ))}
      </h2>
      <div className="card apart stack">
        <p>{words.language.name}</p>
        <OtherLanguages />
      </div>
    </section>
  );
}

/** A press for each other language, in its own words. */
export function OtherLanguages() {
  return others.map((other) => (
    <div key={other.locale} lang={other.locale}>
      <Press wide onPress={() => speak(other)}>
        {other.words.language.switchTo}
      </Press>
    </div>
  ));
}

const others = languages.filter((language) => language.words !== words);
