import { formField, seeOther } from "./page.ts";
import type { Handler } from "./serve.ts";
import type { sharedLinks } from "./shared.ts";
import { sharedPage } from "./shared-page.ts";

interface SharedVisits {
  readonly origin: string;
  readonly links: ReturnType<typeof sharedLinks>;
  readonly cookie: string;
  readonly sessionOf: (request: Request) => string | undefined;
}

/** Visits to the page for links of other people, by route. */
export function sharedVisits({ origin, links, cookie, sessionOf }: SharedVisits): Readonly<Record<string, Handler>> {
  async function show(request: Request): Promise<Response> {
    const id = sessionOf(request);
    const answer = id === undefined ? undefined : await links.records(id);
    return sharedPage({ shared: links.of(id), answer });
  }

  async function follow(request: Request): Promise<Response> {
    const link = URL.parse(await formField(request, "link"));
    // A stranger's link makes this server call its host: a real one asks public addresses alone.
    if (link === null || !["http:", "https:"].includes(link.protocol))
      return sharedPage({ refused: "This is not a link. Paste all of it, from http to the end." });
    const id = sessionOf(request) ?? crypto.randomUUID();
    await links.follow(id, link.href);
    return seeOther(`${cookie}=${id}`, "/shared");
  }

  async function back(request: Request): Promise<Response> {
    const id = sessionOf(request);
    if (id !== undefined) await links.back(id, new URL(`/shared/back${new URL(request.url).search}`, origin));
    return seeOther(undefined, "/shared");
  }

  return {
    "GET /shared": show,
    "POST /shared": follow,
    "GET /shared/back": back,
    "GET /shared/state": (request) =>
      Response.json({ state: links.of(sessionOf(request))?.state }, { headers: { "cache-control": "no-store" } }),
    "POST /shared/forget": async (request) => {
      const id = sessionOf(request);
      if (id !== undefined) await links.forget(id);
      return seeOther(undefined, "/shared");
    },
  };
}
