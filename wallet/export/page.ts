import type { ConsentView, Notice } from "../../protocol/wallet.ts";
import type { ExportedConsent, WalletExport } from "../../protocol/wallet-export.ts";
import { sentence } from "../activity/sentence.ts";
import { locale, words } from "../messages/languages.ts";
import { clock, day } from "../words/dates.ts";
import { list } from "../words/list.ts";

/** The export as a page of its own, to read and to print: no script, no picture, nothing from anywhere else. */
export function exportPage({ exchange, exportedAt, ...all }: WalletExport): string {
  const { account } = all;
  const called = (things: readonly { name?: string; createdAt?: number; addedAt?: number }[]) =>
    things.map((one) =>
      words.export.passkey(one.name ?? words.export.unnamed, day(one.createdAt ?? one.addedAt ?? 0, locale)),
    );
  return [
    `<!doctype html><html lang="${locale}"><meta charset="utf-8"><title>${safe(words.export.heading)}</title>`,
    "<style>body{font:16px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}</style>",
    `<h1>${safe(words.export.heading)}</h1><p>${safe(words.export.made(moment(exportedAt), exchange))}</p>`,
    section(words.export.account, [
      words.export.name(account.name),
      ...(account.walletName === undefined ? [] : [words.export.walletName(account.walletName)]),
      words.export.since(day(account.createdAt, locale)),
    ]),
    section(words.passkeys.heading, called(all.passkeys)),
    section(words.devices.heading, called(all.devices)),
    section(
      words.home.sources,
      all.sources.map(
        ({ name, linkedAt, holds }) => `${words.export.passkey(name, day(linkedAt, locale))}: ${list(holds, locale)}`,
      ),
    ),
    `<h2>${safe(words.consents.heading)}</h2>`,
    ...(all.consents.length === 0 ? [`<p>${safe(words.export.none)}</p>`] : all.consents.map(permission)),
    section(
      words.activity.heading,
      all.activity.map((entry) => `${moment(entry.at)}: ${sentence(entry)}`),
    ),
    "</html>",
  ].join("\n");
}

function permission({ shown, ...consent }: ExportedConsent): string {
  const lines = [...consent.kinds.map(kindLine), ...moments(consent)];
  const notices = shown.map(
    ({ at, notice }) => `<h4>${safe(words.export.shown(moment(at)))}</h4>${items(notice.asked.flatMap(noticeLines))}`,
  );
  return `<h3>${safe(consent.client)}</h3>${items(lines)}${notices.join("")}`;
}

const kindLine = ({ title, actions, purpose, sources }: ConsentView["kinds"][number]) =>
  [title, ...actions, purpose, ...sources].join(" · ");

function noticeLines({ title, description, purpose, actions, sources }: Notice["asked"][number]): readonly string[] {
  return [
    `${title}: ${description}`,
    purpose,
    ...actions.map(({ text }) => text),
    list(
      sources.map(({ name }) => name),
      locale,
    ),
  ];
}

function moments({ decidedAt, endsAt, endedAt }: ConsentView): readonly string[] {
  return [
    ...(decidedAt === undefined ? [] : [words.consent.sinceDay(day(decidedAt, locale))]),
    ...(endsAt === undefined || endedAt !== undefined ? [] : [words.consent.untilDay(day(endsAt, locale))]),
    ...(endedAt === undefined ? [] : [words.consent.endedDay(day(endedAt, locale), clock(endedAt, locale))]),
  ];
}

const section = (heading: string, lines: readonly string[]) => `<h2>${safe(heading)}</h2>${items(lines)}`;
const items = (lines: readonly string[]) =>
  `<ul>${(lines.length === 0 ? [words.export.none] : lines).map((line) => `<li>${safe(line)}</li>`).join("")}</ul>`;
const moment = (at: number) => `${day(at, locale)}, ${clock(at, locale)}`;

/** Names are other people's words (N-72). */
const safe = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
