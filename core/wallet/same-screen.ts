import { canonicalJson, sha256 } from "../../protocol/canonical-json.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, openHandle } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import { isLanguage, type Language } from "./language.ts";

/** Seconds a screen's nonce is good for. */
const NONCE_LIFE = 300;

interface Submitted {
  readonly revision: number;
  readonly nonce: string;
  readonly notice: string;
  readonly language: string;
}

/** The language the screen was read in: the notice is rebuilt in that one, and no other is one of ours. */
export function screenLanguage({ language }: Pick<Submitted, "language">): Language {
  if (!isLanguage(language)) throw new OAuthError("conflict", "a language no screen was shown in");
  return language;
}

/** What was signed must be what is shown now: same record, same words, and a screen no older than its nonce. */
export async function sameScreen(
  as: Exchange,
  id: string,
  revision: number,
  notice: object,
  answer: Submitted,
): Promise<void> {
  const nonce = await openHandle(as, handleKind.screenNonce, answer.nonce);
  if (nonce?.id !== id || nonce.at + NONCE_LIFE <= now(as))
    throw new OAuthError("conflict", "the screen's nonce is not in force");
  if (answer.revision !== revision) throw new OAuthError("conflict", "the record changed since the screen");
  if (answer.notice !== (await sha256(canonicalJson(notice))))
    throw new OAuthError("conflict", "the notice changed since the screen");
}
