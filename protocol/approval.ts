import { canonicalJson, sha256 } from "./canonical-json.ts";

/** What a passkey signs when a person decides: everything seen and chosen (docs/architecture.md, "Evidence"). */
export interface Approval {
  readonly v: 1;
  readonly decision: "approve";
  /** The consent's id, as the request screen names it. */
  readonly request: string;
  readonly revision: number;
  readonly nonce: string;
  /** Per asked kind of data, in the order of the screen: the actions allowed. */
  readonly actions: readonly (readonly string[])[];
  /** Per asked kind of data: ids of the sources chosen, the preferred first. */
  readonly sources: readonly (readonly string[])[];
  /** Seconds since the epoch at which the consent ends. */
  readonly endsAt: number;
  /** The number typed, where the screen asks for one. */
  readonly number?: string | undefined;
  /** `noticeHash` of the screen: SHA-256 of the RFC 8785 form of the notice. */
  readonly notice: string;
  readonly language: string;
}

/** What a passkey signs when a person connects a source: who asked and what that means, as it was shown. */
export interface LinkApproval extends Pick<Approval, "v" | "revision" | "nonce" | "notice" | "language"> {
  readonly decision: "link";
  /** The id the screen names. */
  readonly request: string;
}

/** The WebAuthn challenge of it, computed like {@link approvalChallenge}. */
export async function linkChallenge(approval: LinkApproval): Promise<string> {
  const { v, decision, request, revision, nonce, notice, language } = approval;
  return sha256(canonicalJson({ v, decision, request, revision, nonce, notice, language }));
}

/** The WebAuthn challenge of an approval: base64url(SHA-256(RFC 8785(approval))). The person's app computes it, and the server again from what is submitted. */
export async function approvalChallenge(approval: Approval): Promise<string> {
  const { v, decision, request, revision, nonce, actions, sources, endsAt, number, notice, language } = approval;
  const signed = { v, decision, request, revision, nonce, actions, sources, endsAt, notice, language };
  return sha256(canonicalJson({ ...signed, ...(number !== undefined && { number }) }));
}
