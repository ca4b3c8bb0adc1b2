/** The address in a link that the page in the other browser shows, if it is this Wallet's own; anything else opens nothing (N-78). */
export function hashOfLink(text: string, walletOrigin: string): string | undefined {
  const link = text.trim();
  if (!URL.canParse(link)) return undefined;
  const { origin, pathname, search, hash } = new URL(link);
  const ours = origin === walletOrigin && pathname === "/link" && search === "";
  return ours && /^#\/(asks\/link|numbers\/number)_[\w-]+$/.test(hash) ? hash : undefined;
}
