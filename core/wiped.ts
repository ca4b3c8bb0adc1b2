import type { Consent } from "./consent.ts";
import type { Exchange } from "./exchange.ts";
import { subAtClient } from "./pairwise.ts";
import { type Person, subHash } from "./person.ts";
import { removed } from "./rewritten.ts";

type Wiping = Pick<Exchange, "records" | "guards">;

/** What a passkey signed, and what was shown then. What a person was shown when they connected a place names them nowhere, and is what others were shown: it stays. */
export async function proofsWiped(as: Wiping, consents: readonly string[], links: readonly string[]): Promise<void> {
  for (const id of consents) {
    const consent = (await as.records.consents.find(id))?.value;
    if (consent !== undefined) await wipeEvidence(as, consent);
  }
  for (const id of links) {
    const approval = (await as.records.links.find(id))?.value.approval;
    if (approval !== undefined) await removed(as.records.assertions, approval.evidenceHash);
  }
}

/** Everything about a person that nobody needs to be told of any more. A record goes after all that is found by it. */
export async function wiped(
  as: Wiping,
  personId: string,
  person: Person,
  consents: readonly string[],
  links: readonly string[],
): Promise<void> {
  const found = await Promise.all(
    consents.map(async (id) => ({ id, value: (await as.records.consents.find(id))?.value })),
  );
  const named = found.map(({ value }) => (value === undefined ? [] : namesIn(person, value)));
  await as.guards.forget([personId, ...consents, ...links, ...(await Promise.all(named)).flat()]);
  for (const { id, value } of found) if (value !== undefined) await wipeConsent(as, person, id, value);
  for (const id of links) await wipeLink(as, id);
}

const requestsOf = (consent: Consent) => [consent, ...(consent.changes ?? [])].map(({ requestId }) => requestId);

/** What guards call this consent's requests, and its person at its Client. */
async function namesIn(person: Person, consent: Consent): Promise<readonly string[]> {
  return [...requestsOf(consent), await subHash(consent.clientId, await subAtClient(person, consent.clientId))];
}

async function wipeConsent(as: Wiping, person: Person, id: string, consent: Consent): Promise<void> {
  const asked = requestsOf(consent);
  await Promise.all([
    as.records.uses.forget(id),
    removed(as.records.names, await subHash(consent.clientId, await subAtClient(person, consent.clientId))),
    ...asked.map((requestId) => removed(as.records.requests, requestId)),
    // Of the ticket door a request is the process, or one interaction of it.
    ...asked.map((requestId) => removed(as.records.processes, requestId.replace(/\..*/, ""))),
  ]);
  await removed(as.records.consents, id);
}

/** The assertions of every version, and the notices they name: an assertion goes after its notice. One that says no source is nobody's alone. */
async function wipeEvidence(as: Wiping, { noticeHash, evidenceHash, transitions }: Consent): Promise<void> {
  const assertions = new Set([evidenceHash ?? "", ...transitions.map((transition) => transition.evidenceHash ?? "")]);
  assertions.delete("");
  await wipeNotice(as, noticeHash);
  for (const hash of assertions) {
    const assertion = (await as.records.assertions.find(hash))?.value;
    if (assertion !== undefined) await wipeNotice(as, noticeIn(assertion.content));
    await removed(as.records.assertions, hash);
  }
}

async function wipeNotice(as: Wiping, hash: string | undefined): Promise<void> {
  if (hash !== undefined) await removed(as.records.notices, hash, ({ content }) => /"sources":\[\{/.test(content));
}

function noticeIn(content: string): string | undefined {
  const { approval } = JSON.parse(content) as { approval?: { notice?: string } };
  return approval?.notice;
}

async function wipeLink(as: Wiping, id: string): Promise<void> {
  const { link, resources } = await as.records.linkWithResources(id);
  if (link?.approval !== undefined) await removed(as.records.requests, link.approval.requestId);
  for (const resource of resources) await removed(as.records.resources, resource.id);
  await removed(as.records.links, id);
}
