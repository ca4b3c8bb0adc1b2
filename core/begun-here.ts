import { handleKind, type OpenedHandle, openHandle } from "./handles.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Seal } from "./seal.ts";

/**
 * The flow a handle names, if it began in the browser these cookies come from: there alone an answer is delivered, and a number shown (N-70).
 * @throws OAuthError access_denied, the same for a handle that is none
 */
export async function begunHere(
  as: Seal,
  cookies: readonly string[],
  handle: OpenedHandle | undefined,
): Promise<string> {
  const begun = await Promise.all(cookies.map((cookie) => openHandle(as, handleKind.browser, cookie)));
  const id = begun.find((browser) => browser !== undefined && browser.id === handle?.id)?.id;
  if (id === undefined) throw new OAuthError("access_denied", "not the browser the flow began in");
  return id;
}
