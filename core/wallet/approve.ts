import { type Approval, approvalChallenge } from "../../protocol/approval.ts";
import { canonicalJson, sha256 } from "../../protocol/canonical-json.ts";
import { ApproveRequest, type ConsentView, type Notice } from "../../protocol/wallet.ts";
import type { Ask, Consent, ConsentSource } from "../consent.ts";
import { now } from "../exchange.ts";
import { handleKind, newHandle } from "../handles.ts";
import { OAuthError } from "../oauth-error.ts";
import { accepted, askOf } from "../proposal.ts";
import { randomId } from "../random.ts";
import type { TermDetail } from "../terms.ts";
import { onward } from "./asks.ts";
import { parsedBody } from "./body.ts";
import { verifiedPerson } from "./ceremony.ts";
import { consentView } from "./consents.ts";
import { noticeOf } from "./notice.ts";
import { rightNumber } from "./number.ts";
import { waitingConsent } from "./requests.ts";
import { sameScreen, screenLanguage } from "./same-screen.ts";
import type { SignedIn } from "./session.ts";
import { everyHolding, type Holding, serving } from "./sources.ts";
import type { Wallet, WalletRequest } from "./wallet.ts";

const MAX_SOURCES = 10;

/** `POST /wallet/requests/{id}/approve`: the passkey signed what was seen and chosen; single use comes from the compare-and-set. */
export async function approveRequest(
  as: Wallet,
  person: SignedIn,
  request: WalletRequest,
  id: string,
): Promise<ConsentView> {
  const answer = parsedBody(ApproveRequest, request);
  const language = screenLanguage(answer);

  const { consentId, stored } = await waitingConsent(as, person, id);
  const consent = stored.value;
  const holdings = await everyHolding(as, person.personId);
  const notice = await noticeOf(as, consent, holdings, language);
  const client = await as.registry.client(consent.clientId);

  await sameScreen(as, consentId, stored.revision, notice, answer);
  const chosen = choose(askOf(consent), notice, holdings, answer);
  const { response, ...submitted } = answer;
  const approval: Approval = { v: 1, decision: "approve", request: consentId, ...submitted };
  await verifiedPerson(as, response, await approvalChallenge(approval), person);
  await rightNumber(as, consentId, stored, answer.number);
  const decision = await as.policy({
    step: "approved",
    client: { client_id: consent.clientId, capabilities: client?.capabilities ?? [] },
    details: newVersion(consent),
  });
  if (decision.effect === "deny") throw new OAuthError("gone", `policy: ${decision.code}`);

  const evidence = canonicalJson({ approval, response });
  const evidenceHash = await sha256(evidence);
  const next = accepted(consent, {
    sources: await Promise.all(chosen.map((source) => sealedSource(as, consentId, source))),
    endsAt: answer.endsAt,
    decidedAt: now(as),
    noticeHash: answer.notice,
    evidenceHash,
    decisionId: decision.id,
  });
  if (next.sources.length > MAX_SOURCES) throw unfit(`more than ${MAX_SOURCES} sources`);
  await Promise.all([
    as.records.notices.insert(answer.notice, { content: canonicalJson(notice) }),
    as.records.assertions.insert(evidenceHash, { content: evidence }),
  ]);
  if ((await as.records.consents.replace(consentId, stored, next)) === "conflict")
    throw new OAuthError("conflict", "answered concurrently");

  return { ...(await consentView(as, consentId, next, language, holdings)), ...(await onward(as, askOf(consent))) };
}

/** Every element of what would be in force: of a merge what was granted before, too. */
function newVersion({ terms, proposal }: Consent): readonly TermDetail[] {
  if (proposal === undefined) return terms.details;
  return proposal.action === "merge" ? [...terms.details, ...proposal.terms.details] : proposal.terms.details;
}

type Chosen = Omit<ConsentSource, "handle" | "sub">;

/** N-71: nothing that was not asked, nothing longer, no source that was not offered; every required action. */
function choose(
  { terms }: Ask,
  notice: Notice,
  holdings: readonly Holding[],
  answer: ApproveRequest,
): readonly Chosen[] {
  const { details } = terms;
  if (answer.actions.length !== details.length || answer.sources.length !== details.length)
    throw unfit("not one answer for each detail");
  if (!notice.durations.some(({ endsAt }) => endsAt === answer.endsAt)) throw unfit("an end that was not offered");
  const sources = new Map<string, Chosen>();
  details.forEach((detail, n) => {
    const actions = answer.actions[n] ?? [];
    within(detail, actions);
    const linkIds = distinct(answer.sources[n] ?? []);
    if (linkIds.length === 0) throw unfit("a kind without a source");
    for (const linkId of linkIds) {
      const offered = notice.asked[n]?.sources.find((source) => source.id === linkId && source.usable);
      const holding = holdings.find((candidate) => candidate.linkId === linkId);
      if (offered === undefined || holding === undefined) throw unfit("a source that was not offered");
      const before = sources.get(linkId) ?? emptySource(holding);
      sources.set(linkId, { ...before, grants: [...before.grants, grantOf(holding, detail, actions)] });
    }
  });
  return [...sources.values()];
}

function within(detail: TermDetail, actions: readonly string[]): void {
  const offered = [...detail.actions, ...detail.optional_actions];
  if (distinct(actions).length !== actions.length || !actions.every((action) => offered.includes(action)))
    throw unfit("an action that was not asked");
  if (!detail.actions.every((action) => actions.includes(action)))
    throw unfit("a required action is missing: that is a decline");
}

/** A source grants of an optional action what it offers. */
function grantOf(holding: Holding, detail: TermDetail, actions: readonly string[]) {
  const resources = serving(holding, detail);
  const offered = actions.filter((action) =>
    resources.some(({ resource }) => resource.resource_scopes.includes(action)),
  );
  return { type: detail.type, actions: offered, purpose: detail.purpose, resourceIds: resources.map(({ id }) => id) };
}

function emptySource({ linkId, link, resourceServer }: Holding): Chosen {
  const { resourceServerId, generation } = link;
  return { linkId, linkGeneration: generation, resourceServerId, location: resourceServer.resource, grants: [] };
}

async function sealedSource(as: Wallet, consentId: string, source: Chosen): Promise<ConsentSource> {
  const { handle } = await newHandle(as, handleKind.consent, consentId, now(as));
  return { ...source, handle, sub: randomId() };
}

function distinct(list: readonly string[]): readonly string[] {
  if (new Set(list).size !== list.length) throw unfit("a repeated choice");
  return list;
}

function unfit(reason: string) {
  return new OAuthError("unprocessable", reason);
}
