import { readFile } from "node:fs/promises";

/** Markup that is safe to put on a page. */
export interface Markup {
  readonly markup: string;
}

type Piece = string | number | undefined | Markup | readonly Markup[];

/** A template whose values are escaped, unless they are Markup themselves. */
export function html(parts: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  const pieces = values.map((value) => {
    if (value === undefined) return "";
    if (typeof value === "object")
      return [value]
        .flat()
        .map((piece) => (piece as Markup).markup)
        .join("");
    return String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  });
  return { markup: String.raw({ raw: parts }, ...pieces) };
}

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

export interface PageOptions {
  /** Names the colours in look.css. */
  readonly look: "app" | "registry" | "clinic";
  readonly title: string;
  readonly main: Markup;
  /** Files of this folder that are run on the page. */
  readonly script?: "waiting.js";
  readonly status?: number;
  readonly cookie?: string;
  /** Where the page goes by itself: a form's answer may not lead to another origin (CSP form-action), a page may. */
  readonly onward?: string;
}

export function page({ look, title, main, script, status = 200, cookie, onward }: PageOptions): Response {
  const { markup } = html`<!doctype html>
<html lang="en" data-look="${look}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/look.css">
${onward && html`<meta http-equiv="refresh" content="0; url=${onward}">`}
${script && html`<script type="module" src="/${script}"></script><noscript><meta http-equiv="refresh" content="5"></noscript>`}
</head>
<body>${main}</body>
</html>`;
  const headers = new Headers({
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    // with "no-referrer" browsers send `Origin: null` with our own forms (Fetch §3.2)
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
  });
  if (cookie !== undefined) headers.set("set-cookie", `${cookie}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000`);
  return new Response(markup, { status, headers });
}

/** A file beside this one. */
export async function asset(name: "look.css" | "waiting.js"): Promise<Response> {
  const type = name.endsWith(".css") ? "text/css" : "text/javascript";
  return new Response(await readFile(new URL(name, import.meta.url)), { headers: { "content-type": type } });
}

/** After a form: the page it came from, by GET. */
export function seeOther(cookie?: string, location = "/"): Response {
  return new Response(null, {
    status: 303,
    headers: {
      location,
      ...(cookie && { "set-cookie": `${cookie}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000` }),
    },
  });
}

/** The value of our own cookie: ports share a cookie jar, so each app names its own. */
export function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split(/; */).map((pair) => pair.split("="));
  return pairs.find(([key]) => key === name)?.[1];
}

/** A form of another origin is not ours: apps on other ports of one host are the same site to SameSite. */
export function isOwnForm(request: Request): boolean {
  return request.headers.get("origin") === new URL(request.url).origin;
}

export async function formField(request: Request, name: string): Promise<string> {
  return (await formFields(request, name))[0] ?? "";
}

/** The values of these fields, in this order. */
export async function formFields(request: Request, ...names: readonly string[]): Promise<readonly string[]> {
  const fields = new URLSearchParams(await request.text());
  return names.map((name) => fields.get(name)?.trim() ?? "");
}
