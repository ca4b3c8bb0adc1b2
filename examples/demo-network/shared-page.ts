import { recordsOf } from "./my-immunizations-page.ts";
import { html, type Markup, page } from "./page.ts";
import type { Answer } from "./records.ts";
import type { Shared } from "./shared.ts";

export interface SharedPage {
  readonly shared?: Shared | undefined;
  readonly answer?: Answer | undefined;
  /** Why the link just given was not taken. */
  readonly refused?: string;
}

const TITLE = "Shared with me";

/** Records of somebody else, by a link they gave. */
export function sharedPage({ shared, answer, refused }: SharedPage): Response {
  const state = shared?.state ?? "new";
  const main = html`
<header><h1>${TITLE}</h1><p class="soft"><a href="/">My Immunizations</a></p></header>
<main data-state="${state}" data-state-at="/shared/state">${body({ shared, answer }, refused)}</main>`;
  return page({
    look: "app",
    title: state === "asking" ? `Waiting for an answer – ${TITLE}` : TITLE,
    main,
    ...(state === "asking" && { script: "waiting.js" }),
    status: refused === undefined ? 200 : 400,
  });
}

function body({ shared, answer }: Omit<SharedPage, "refused">, refused: string | undefined): Markup {
  if (shared?.state === "telling") return telling(shared.location);
  if (shared?.state === "asking") return asking();
  if (shared?.state === "open" && answer !== undefined) return records(answer);
  return html`
<section>
  ${shared?.state === "over" ? html`<p class="notice" role="status">${ends[shared.outcome]}</p>` : ""}
  <form method="post" action="/shared" class="card">
    <p id="how">Paste the link you were given. Whoever gave it to you is asked whether you may see what is behind it.</p>
    <label for="link">Link</label>
    ${refused && html`<p class="notice" role="alert" id="refused">${refused}</p>`}
    <input id="link" name="link" type="url" required autocomplete="off" spellcheck="false" maxlength="500"
      aria-describedby="how${refused ? " refused" : ""}" ${refused ? html`aria-invalid="true"` : ""}>
    <button>Ask to see it</button>
  </form>
</section>`;
}

/** What the page says when there is nothing to show. */
const ends: Readonly<Record<(Shared & { state: "over" })["outcome"], string>> = {
  declined: "The answer was no.",
  expired: "Nobody answered in time. You can ask again.",
  ended: "This was stopped. You can ask again.",
  unavailable: "We cannot ask right now. Please try again in a moment.",
  not_granted: "This link is not for records.",
  refused: "We could not ask. Please try again.",
  no_records: "There is nothing for us behind this link.",
};

function telling(location: string): Markup {
  return html`
<section class="card">
  <h2>Who is asking?</h2>
  <p>These are somebody’s own records. Your Wallet tells them who you are; we learn nothing of it.</p>
  <p><a class="button" href="${location}">Go to my Wallet</a></p>
  <form method="post" action="/shared/forget"><button class="second">Not now</button></form>
</section>`;
}

function asking(): Markup {
  return html`
<section class="card">
  <h2>We asked. Now it is for them to answer</h2>
  <p>That may take a while. You can close this page and come back: it goes on by itself when there is an answer.</p>
  <form method="post" action="/shared/forget"><button class="second">Stop waiting</button></form>
</section>`;
}

function records(answer: Answer): Markup {
  return html`
${recordsOf(answer)}
<section>
  <p class="soft">Whoever shared this can stop it at any time.</p>
  <form method="post" action="/shared/forget"><button class="second">Forget it</button></form>
</section>`;
}
