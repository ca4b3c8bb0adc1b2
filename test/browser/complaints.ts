import type { Page } from "playwright-core";

/** What a page complains about: its content security policy, an error nobody caught. Answers a test asked for are none. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !/status of (4|5)\d\d|ERR_FAILED/.test(text)) complaints.push(text);
  });
  return complaints;
}
