import type { Dose } from "./immunizations.ts";
import { html, page } from "./page.ts";
import type { Registered } from "./seed.ts";

/** One line of the access log: an app got records, or was refused for a reason. */
export interface Visit {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly who: string;
  readonly records?: number;
  readonly refused?: string;
}

export interface SourcePage {
  readonly look: "registry" | "clinic";
  readonly wallet: string;
  readonly party: Registered;
  readonly doses: readonly Dose[];
  readonly owners: readonly string[];
  readonly log: readonly Visit[];
  /** The cookie to set. */
  readonly session: string;
  /** Why the code just typed was not taken. */
  readonly refused: string | undefined;
}

const time = new Intl.DateTimeFormat("en-CA", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** June's page at a source. */
export function sourcePage({ look, wallet, party, doses, owners, log, session, refused }: SourcePage): Response {
  const connected = owners.length > 0;
  const main = html`
<header>
  <h1>${party.client_name}</h1>
  <p class="soft">You are signed in as June Smith.</p>
</header>
<main>
  <section>
    <table>
      <caption>Your immunizations here</caption>
      <thead><tr><th scope="col">Vaccine</th><th scope="col">Date</th><th scope="col">Lot</th></tr></thead>
      <tbody>${doses.map(({ vaccine, date, lotNumber }) => html`<tr><td>${vaccine}</td><td>${date}</td><td>${lotNumber}</td></tr>`)}</tbody>
    </table>
  </section>
  <section aria-labelledby="wallet">
    <h2 id="wallet">Your Wallet</h2>
    ${
      connected
        ? html`<p class="good" role="status">Connected to your Wallet. Apps can ask you there for these records.</p>`
        : html`<p>Connect your Wallet, and you decide there which apps may read these records. Without it, nobody can ask.</p>`
    }
    <form method="post" action="/connect" class="card">
      <p class="soft" id="where">${connected ? "To connect another Wallet, get" : "Get"} a code under “Add a source” in
        <a href="${wallet}">your Wallet</a>.</p>
      <label for="code">Code</label>
      ${refused && html`<p class="notice" id="refused" role="alert">${refused}</p>`}
      <input id="code" name="code" required autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40"
        aria-describedby="where${refused ? " refused" : ""}" ${refused ? html`aria-invalid="true"` : ""}>
      <button>Connect</button>
    </form>
  </section>
  <section aria-labelledby="log">
    <h2 id="log">Who read your records</h2>
    ${
      log.length === 0
        ? html`<p class="soft">Nobody yet.</p>`
        : html`<ul>${log.map((visit) => html`<li>${told(visit)}</li>`)}</ul>`
    }
  </section>
</main>
<footer><p>A demo source: June Smith and her records are made up. We never need your password or a code sent to your phone.</p></footer>`;
  return page({ look, title: party.client_name, main, cookie: session, status: refused === undefined ? 200 : 400 });
}

function told({ at, who, records, refused }: Visit): string {
  return records === undefined
    ? `${who} was refused at ${time.format(at)}: ${refused}`
    : `${who} read ${records} records at ${time.format(at)}`;
}
