import type { Outcome } from "../../sdk/client/refusal.ts";
import { html, type Markup, page } from "./page.ts";
import { type Answer, isOver } from "./records.ts";
import type { Standing, ToldEnd, Visitor } from "./visitors.ts";

export interface AppPage {
  readonly wallet: string;
  readonly state?: Standing | "new" | undefined;
  readonly visitor?: Visitor | undefined;
  readonly answers?: readonly Answer[] | undefined;
  /** Why the code just typed was not taken. */
  readonly refused?: string;
}

const TITLE = "My Immunizations";

/** The one page of the app, as the person's request stands. */
export function appPage({ wallet, state = "new", visitor, answers = [], refused }: AppPage): Response {
  const main = html`
<header><h1>${TITLE}</h1><p class="soft">All your vaccines in one place.</p></header>
<main data-state="${state}">${body({ wallet, visitor, answers }, refused)}</main>
<footer><p>We never need your password or a code sent to your phone. The code from your Wallet only tells us whom to ask; nobody can open anything with it.</p></footer>`;
  return page({
    look: "app",
    title: state === "asking" ? `Waiting for you – ${TITLE}` : TITLE,
    main,
    ...((state === "asking" || state === "connected") && { script: "waiting.js" }),
    status: refused === undefined ? 200 : 400,
  });
}

function body({ wallet, visitor, answers = [] }: Omit<AppPage, "refused">, refused: string | undefined): Markup {
  if (visitor?.state === "asking") return asking(visitor.binding_message, wallet);
  if (visitor?.state === "connected") return records(answers, wallet, visitor.told);
  return html`
<section>
  ${visitor?.state === "over" ? html`<p class="notice" role="status">${ends[visitor.outcome]}</p>` : ""}
  ${codeForm(wallet, refused)}
</section>`;
}

/** What the page says when there is no consent. */
const ends: Readonly<Record<Outcome, string>> = {
  declined: "You declined. Nothing was shared with us.",
  expired: "Nobody answered in time. Nothing was shared with us; you can ask again with a new code.",
  ended: "This request is over. You can ask again with a new code.",
  unavailable: "We cannot ask right now. Please try again in a moment.",
  not_granted: "You chose other sources.",
  refused: "We could not ask. Please try again with a new code.",
};

function codeForm(wallet: string, refused?: string): Markup {
  return html`
<form method="post" action="/ask" class="card">
  <p id="how">Open <a href="${wallet}">your Wallet</a>, get a code for an app, and type it here. Your phone then asks you what we may see.</p>
  <label for="code">Code from your Wallet</label>
  ${refused && html`<p class="notice" role="alert" id="refused">${refused}</p>`}
  <input id="code" name="code" required autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="60"
    aria-describedby="how${refused ? " refused" : ""}" ${refused ? html`aria-invalid="true"` : ""}>
  <button>Get my records</button>
</form>
<p><a class="button second" href="/here">Continue in my Wallet, without a code</a></p>
<p><a href="/shared">Somebody shared a link with me</a></p>`;
}

function asking(bindingMessage: string, wallet: string): Markup {
  return html`
<section class="card">
  <h2>We asked you. Now look at your phone</h2>
  <p>Check that your phone shows:</p>
  <p class="binding">${bindingMessage}</p>
  <p>If it shows something else, decline. This page goes on by itself when you have answered.</p>
  <p class="soft">Nothing on your phone, and nothing in <a href="${wallet}">your Wallet</a>? Then the code was mistyped or too old: stop waiting, and start again with a new one.</p>
  <form method="post" action="/forget"><button class="second">Stop waiting</button></form>
</section>`;
}

function records(answers: readonly Answer[], wallet: string, told: ToldEnd | undefined): Markup {
  const over = isOver(answers);
  return html`
${over && told ? html`<section><p class="notice" role="status">${stopped(told)}</p></section>` : ""}
${answers.map(recordsOf)}
<section>
  <form method="post" action="/refresh"><button class="${over ? "second" : "first"}">Refresh</button></form>
  <p class="soft">You can stop this at any time in <a href="${wallet}">your Wallet</a>, without asking us.</p>
  ${over ? html`<h2>Ask again</h2>${codeForm(wallet)}` : ""}
  ${over ? "" : html`<form method="post" action="/forget"><button class="second">Start over</button></form>`}
</section>`;
}

/** The exchange told us, and no source had to be asked. */
function stopped({ at, withdrawn }: ToldEnd): string {
  return withdrawn
    ? `You stopped sharing in your Wallet at ${time.format(at * 1_000)}. We show nothing of it any more.`
    : "Your permission has ended by itself. We show nothing of it any more.";
}

const time = new Intl.DateTimeFormat("en-CA", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export function recordsOf({ source, at, bundle, refused }: Answer): Markup {
  if (bundle === undefined) {
    return html`<section><h2>${source}</h2><p class="notice" role="status">${why(source, refused)}</p></section>`;
  }
  const rows = (bundle.entry ?? []).map(
    ({ resource }) =>
      html`<tr><td>${resource.vaccineCode.text}</td><td>${resource.occurrenceDateTime}</td><td>${resource.lotNumber}</td></tr>`,
  );
  return html`
<section>
  <table>
    <caption>${source}</caption>
    <thead><tr><th scope="col">Vaccine</th><th scope="col">Date</th><th scope="col">Lot</th></tr></thead>
    <tbody>${rows}</tbody>
  </table>
  <p class="soft">${rows.length} records, straight from the source at ${time.format(at)}.</p>
</section>`;
}

function why(source: string, refused: Answer["refused"]): string {
  if (refused === "ended" || refused === 401) return `${source} refuses now: this consent has ended.`;
  if (refused === "unavailable") return `${source} cannot be asked right now. We try again later.`;
  if (refused === "unreachable") return `${source} cannot be reached right now.`;
  return `${source} refuses now (${refused}).`;
}
