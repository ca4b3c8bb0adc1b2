import { linkChallenge } from "../../protocol/approval.ts";
import { canonicalJson, sha256 } from "../../protocol/canonical-json.ts";
import type { Onward } from "../../protocol/wallet.ts";
import { LinkApproveRequest, type LinkNotice, type LinkScreen } from "../../protocol/wallet-sources.ts";
import { type AuthorizationRequest, asksToLink, turnedDown } from "../authorization-request.ts";
import { type Exchange, now } from "../exchange.ts";
import { handleKind, newHandle } from "../handles.ts";
import { linkMadeBy, makeLink } from "../linking.ts";
import { pictured } from "../logo.ts";
import { OAuthError } from "../oauth-error.ts";
import { subAtResourceServer } from "../pairwise.ts";
import type { Stored } from "../store.ts";
import { onward } from "./asks.ts";
import { parsedBody } from "./body.ts";
import { verifiedPerson } from "./ceremony.ts";
import { inLanguage, type Language } from "./language.ts";
import { sameScreen, screenLanguage } from "./same-screen.ts";
import type { SignedIn } from "./session.ts";
import type { Wallet, WalletRequest } from "./wallet.ts";

/** `GET /wallet/links/{id}`: a Resource Server asks to become a source of this person. */
export async function showLink(as: Exchange, person: SignedIn, id: string, language: Language): Promise<LinkScreen> {
  const { value: request, revision } = await waitingLink(as, person, id);
  const notice = await linkNotice(as, request.clientId, language);
  return {
    id,
    revision,
    nonce: (await newHandle(as, handleKind.screenNonce, id, now(as))).handle,
    createdAt: request.createdAt,
    expiresAt: request.expiresAt,
    notice,
    noticeHash: await sha256(canonicalJson(notice)),
  };
}

/** `POST /wallet/links/{id}/approve`: the passkey signed what was seen; the one write is the Link. */
export async function approveLink(
  as: Wallet,
  person: SignedIn,
  request: WalletRequest,
  id: string,
): Promise<Onward | undefined> {
  const answer = parsedBody(LinkApproveRequest, request);
  const language = screenLanguage(answer);

  const { value: asked, revision } = await waitingLink(as, person, id);
  const notice = await linkNotice(as, asked.clientId, language);

  await sameScreen(as, id, revision, notice, answer);
  const { response, ...submitted } = answer;
  const approval = { v: 1, decision: "link", request: id, ...submitted } as const;
  await verifiedPerson(as, response, await linkChallenge(approval), person);

  const evidence = canonicalJson({ approval, response });
  const evidenceHash = await sha256(evidence);
  await Promise.all([
    as.records.notices.insert(answer.notice, { content: canonicalJson(notice) }),
    as.records.assertions.insert(evidenceHash, { content: evidence }),
  ]);
  const sub = await subAtResourceServer(person.person, asked.clientId);
  await makeLink(
    as,
    { personId: person.personId, resourceServerId: asked.clientId, sub },
    { requestId: id, noticeHash: answer.notice, evidenceHash, at: now(as) },
  );
  return onward(as, { requestId: id, door: asked.door });
}

/** `POST /wallet/links/{id}/decline`. */
export async function declineLink(as: Exchange, person: SignedIn, id: string): Promise<Onward | undefined> {
  const stored = await waitingLink(as, person, id);
  if ((await as.records.requests.replace(id, stored, turnedDown(stored.value, now(as)))) === "conflict")
    throw new OAuthError("conflict", "answered concurrently");
  return onward(as, { requestId: id, door: stored.value.door });
}

/** The person's own flow that waits for an answer: somebody else's does not exist, an answered or late one is gone. */
async function waitingLink(as: Exchange, { personId }: SignedIn, id: string): Promise<Stored<AuthorizationRequest>> {
  const stored = await as.records.requests.find(id);
  if (stored?.value.personId !== personId || !asksToLink(stored.value))
    throw new OAuthError("not_found", "no such request of this person");
  const { state, declinedAt, expiresAt, spent } = stored.value;
  if (state !== "asked" || spent.length > 0 || declinedAt !== undefined || now(as) >= expiresAt)
    throw new OAuthError("gone", `the request is ${state}, answered or late`);
  if ((await linkMadeBy(as, id, stored.value)) !== undefined) throw new OAuthError("gone", "linked already");
  return stored;
}

/** What the person is shown, rebuilt from registered data (UX-01, UX-07): who, and which kinds of data it may say it holds. */
async function linkNotice(
  as: Pick<Exchange, "registry">,
  resourceServerId: string,
  language: Language,
): Promise<LinkNotice> {
  const source = await as.registry.resourceServer(resourceServerId);
  if (source?.status !== "active") throw new OAuthError("gone", `the source is ${source?.status ?? "gone"}`);
  const types = source.authorization_details_types ?? [];
  const definitions = await Promise.all(types.map((type) => as.registry.definition(type)));
  return {
    language,
    source: {
      name: source.client_name,
      ...pictured(source),
      registeredAt: source.registeredAt,
      ...(source.client_uri !== undefined && { uri: source.client_uri }),
    },
    kinds: definitions.flatMap((definition) =>
      definition === undefined
        ? []
        : [{ title: inLanguage(definition.texts, language).title, sensitivity: definition.sensitivity }],
    ),
  };
}
