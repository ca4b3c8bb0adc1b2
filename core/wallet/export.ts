import type { Notice } from "../../protocol/wallet.ts";
import type { ExportedConsent, WalletExport } from "../../protocol/wallet-export.ts";
import type { Consent } from "../consent.ts";
import { now } from "../exchange.ts";
import { isWaiting } from "../proposal.ts";
import { activityOf } from "./activity.ts";
import { consentDetail } from "./consent-detail.ts";
import type { Language } from "./language.ts";
import { me } from "./me.ts";
import { listDevices } from "./own-devices.ts";
import { listPasskeys } from "./passkeys.ts";
import type { SignedIn } from "./session.ts";
import { listSources } from "./sources.ts";
import type { Wallet } from "./wallet.ts";

/** `GET /wallet/export`: what each screen shows, in one answer, and the notices as they were signed (UX-20). */
export async function exportAll(as: Wallet, who: SignedIn, language: Language): Promise<WalletExport> {
  const [stored, { passkeys }, { devices }, { sources }, ids, activity] = await Promise.all([
    as.records.people.find(who.personId),
    listPasskeys(as, who),
    listDevices(as, who),
    listSources(as, who, language),
    as.records.find.everyOfPerson(who.personId, "consent"),
    activityOf(as, who, language),
  ]);
  const consents: ExportedConsent[] = [];
  for (const id of ids) consents.push(...(await exported(as, who, id, language)));
  const person = stored?.value ?? who.person;
  return {
    schema: "fpx-wallet-export-1",
    exchange: as.issuer,
    exportedAt: now(as),
    account: { ...me(person), createdAt: person.createdAt },
    passkeys: passkeys.map(({ id: _, thisOne: __, ...passkey }) => passkey),
    devices: devices.map(({ id: _, thisOne: __, ...device }) => device),
    sources,
    consents,
    activity,
  };
}

/** What waits for an answer is on its own screen. */
async function exported(
  as: Wallet,
  { personId }: SignedIn,
  id: string,
  language: Language,
): Promise<readonly ExportedConsent[]> {
  const consent = (await as.records.consents.find(id))?.value;
  if (consent?.personId !== personId || (consent.state === "requested" && isWaiting(consent, now(as)))) return [];
  const [view, shown] = await Promise.all([consentDetail(as, id, consent, language), shownFor(as, consent)]);
  return [{ ...view, shown }];
}

/** Each approval's assertion names the notice it signed. */
async function shownFor(as: Wallet, { transitions }: Consent): Promise<ExportedConsent["shown"]> {
  const found = await Promise.all(
    transitions.map(async ({ at, evidenceHash = "" }) => {
      const signed = evidenceHash === "" ? undefined : (await as.records.assertions.find(evidenceHash))?.value;
      const { approval } = JSON.parse(signed?.content ?? "{}") as { approval?: { notice: string } };
      const notice = approval && (await as.records.notices.find(approval.notice))?.value;
      return notice === undefined ? [] : [{ at, notice: JSON.parse(notice.content) as Notice }];
    }),
  );
  return found.flat();
}
