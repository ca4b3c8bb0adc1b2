import { walletOrigin } from "../support/exchange.ts";

/** As much of a browser as the demo pages need: cookies, forms of the page's own origin, and redirects. */
export function browser() {
  const cookies = new Map<string, string>();

  async function visit(url: string, init: RequestInit = {}): Promise<string> {
    const headers = { ...init.headers, cookie: [...cookies].map((pair) => pair.join("=")).join("; ") };
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = cookie.split(";")[0]?.split("=") ?? [];
      cookies.set(name, value);
    }
    const next = new URL(response.headers.get("location") ?? "", url);
    if (response.status === 303) return next.origin === walletOrigin ? next.href : visit(next.href);
    return response.text();
  }

  return {
    /** The page, as text; where the Wallet begins, its address. */
    open: (url: string) => visit(url),
    submit: (url: string, fields: Record<string, string> = {}, origin = new URL(url).origin) =>
      visit(url, { method: "POST", headers: { origin }, body: new URLSearchParams(fields) }),
    /** Opens the page until it shows `text`. */
    async shows(url: string, text: string): Promise<string> {
      for (let tries = 0; tries < 100; tries++) {
        const page = await visit(url);
        if (page.includes(text)) return page;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`${url} never showed: ${text}`);
    },
  };
}
