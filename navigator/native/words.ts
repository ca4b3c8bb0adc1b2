import { languages } from "../../wallet/messages/languages.ts";

/** What the system itself says of the app: its name, and the one sentence of each kind of push (adapters/sns/push-sender.ts names them). */
export interface SystemWords {
  /** As Android and iOS name it: `en`, `fr`. The first is everybody's who speaks none of them. */
  readonly language: string;
  readonly name: string;
  readonly sentences: Readonly<Record<"push_request" | "push_look", string>>;
}

export const systemWords: readonly SystemWords[] = languages.map(({ locale, words }) => ({
  language: locale.slice(0, 2),
  name: words.app.navigator,
  sentences: { push_request: words.ring.r, push_look: words.ring.n },
}));
