import type { KindView } from "../../protocol/wallet.ts";
import { locale, words } from "../messages/languages.ts";
import { list } from "../words/list.ts";

/** What the app sees now and no longer would (UX-08). */
export function Ending({ title, actions }: { readonly title: string; readonly actions: readonly string[] }) {
  if (actions.length === 0) return null;
  return (
    <div className="kind list">
      <div className="item">
        <span className="grow">
          <strong>{title}</strong>
          <Lines texts={actions} />
          <span className="pill off">{words.change.noLonger}</span>
        </span>
      </div>
    </div>
  );
}

/** What the app sees now and goes on to, untouched by what is asked. */
export function Staying({ kind }: { readonly kind: KindView }) {
  return (
    <div className="kind list">
      <div className="item">
        <span className="grow">
          <strong>{kind.title}</strong>
          <Lines texts={kind.actions} />
          <span className="line small soft">{words.change.from(list(kind.sources, locale))}</span>
        </span>
      </div>
    </div>
  );
}

function Lines({ texts }: { readonly texts: readonly string[] }) {
  return texts.map((text) => (
    <span key={text} className="line">
      {text}
    </span>
  ));
}
