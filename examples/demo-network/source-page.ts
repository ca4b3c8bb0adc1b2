import type { Dose } from "./immunizations.ts";
import { html, type Markup, page } from "./page.ts";
import type { Registered } from "./seed.ts";

/** One line of the access log: an app got records, or was refused for a reason, or may read no more. */
export interface Visit {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly who: string;
  readonly records?: number;
  readonly refused?: string;
  /** This source's name of the consent. */
  readonly consent?: string | undefined;
  /** June stopped it in her Wallet, or its time was over. */
  readonly ended?: true;
}

/** What the page says beside how things stand. */
export interface Said {
  /** Why the code just typed was not taken. */
  readonly refused?: string;
  readonly notice?: string;
}

export interface SourcePage extends Said {
  readonly look: "registry" | "clinic";
  readonly wallet: string;
  readonly party: Registered;
  readonly doses: readonly Dose[];
  readonly owners: readonly string[];
  readonly shared?: { readonly patient: string };
  readonly log: readonly Visit[];
}

const time = new Intl.DateTimeFormat("en-CA", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** June's page at a source. */
export function sourcePage({ look, wallet, party, doses, owners, shared, log, refused, notice }: SourcePage): Response {
  const connected = owners.length > 0;
  const main = html`
<header>
  <h1>${party.client_name}</h1>
  <p class="soft">You are signed in as June Smith.</p>
  <form method="post" action="/sign-out"><button class="second">Sign out</button></form>
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
    ${notice && html`<p class="notice" role="alert">${notice}</p>`}
    <p><a class="button${connected ? " second" : ""}" href="/connect">Connect ${connected ? "another" : "my"} Wallet</a></p>
    <details${refused ? html` open` : ""}>
    <summary>With a code instead</summary>
    <form method="post" action="/connect" class="card">
      <p class="soft" id="where">Get a code under “Add a source” in <a href="${wallet}">your Wallet</a>; that can be on another device.</p>
      <label for="code">Code</label>
      ${refused && html`<p class="notice" id="refused" role="alert">${refused}</p>`}
      <input id="code" name="code" required autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40"
        aria-describedby="where${refused ? " refused" : ""}" ${refused ? html`aria-invalid="true"` : ""}>
      <button>Connect</button>
    </form>
    </details>
  </section>
  ${shared === undefined ? "" : sharing(`${party.origin}/fhir/Immunization?patient=${shared.patient}`)}
  <section aria-labelledby="log">
    <h2 id="log">Who read your records</h2>
    ${
      log.length === 0
        ? html`<p class="soft">Nobody yet.</p>`
        : html`<ul>${log.map((visit) => html`<li>${told(visit)}</li>`)}</ul>`
    }
  </section>
</main>
${footer}`;
  return page({ look, title: party.client_name, main, status: refused === undefined ? 200 : 400 });
}

function sharing(link: string): Markup {
  return html`
  <section aria-labelledby="share">
    <h2 id="share">Let somebody else see them</h2>
    <p>Give this link to somebody you trust. It opens nothing by itself: their app asks you first, in your Wallet.</p>
    <p class="link">${link}</p>
  </section>`;
}

const footer = html`<footer><p>A demo source: June Smith and her records are made up. We never need your password or a code sent to your phone.</p></footer>`;

export interface SignInPage extends Pick<SourcePage, "look" | "party"> {
  /** This source's own number for June. */
  readonly patient: string;
  /** Whether connecting the Wallet goes on after it. */
  readonly thenConnect: boolean;
  readonly refused?: string;
}

/** The source's own sign-in, in place of whatever a real one has. */
export function signInPage({ look, party, patient, thenConnect, refused }: SignInPage): Response {
  const main = html`
<header><h1>${party.client_name}</h1><p class="soft">Sign in to see your records${thenConnect ? ", and to connect your Wallet" : ""}.</p></header>
<main>
  <section>
    <form method="post" action="/sign-in" class="card">
      ${thenConnect ? html`<input type="hidden" name="next" value="connect">` : ""}
      <p class="soft" id="whose">This is this source’s own sign-in. Your Wallet has no part in it and never sees it. In this demo, June’s number is enough.</p>
      <label for="number">Your number here</label>
      ${refused && html`<p class="notice" id="refused" role="alert">${refused}</p>`}
      <input id="number" name="number" required autocomplete="off" spellcheck="false" maxlength="20" value="${patient}"
        aria-describedby="whose${refused ? " refused" : ""}" ${refused ? html`aria-invalid="true"` : ""}>
      <button>Sign in</button>
    </form>
  </section>
</main>
${footer}`;
  return page({ look, title: `Sign in – ${party.client_name}`, main, status: refused === undefined ? 200 : 400 });
}

/** Signed in to connect: on to the Wallet. */
export function onwardPage({ look, party }: Pick<SourcePage, "look" | "party">, cookie: string): Response {
  const main = html`
<header><h1>${party.client_name}</h1></header>
<main><section><p>You are signed in. <a class="button" href="/connect">Go on to your Wallet</a></p></section></main>
${footer}`;
  return page({ look, title: party.client_name, main, cookie, onward: "/connect" });
}

function told({ at, who, records, refused, ended }: Visit): string {
  if (ended) return `${who} may read no more: your Wallet told us at ${time.format(at)}`;
  return records === undefined
    ? `${who} was refused at ${time.format(at)}: ${refused}`
    : `${who} read ${records} records at ${time.format(at)}`;
}
