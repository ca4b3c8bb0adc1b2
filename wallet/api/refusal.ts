import type { WalletError } from "../../protocol/wallet.ts";
import type { ClosedRequest } from "../../protocol/wallet-closed.ts";

/** Why the exchange did not do what was asked, in the kinds a screen tells apart. */
export type RefusalKind = "signed_out" | "not_found" | "changed" | "closed" | "not_accepted" | "busy" | "offline";

/** The one error of every call: `kind` chooses the words, `error` is the exchange's own code, for logs and tests. */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  readonly error: string;
  /** Of a request that is over: what became of it. */
  readonly closed: ClosedRequest | undefined;
  constructor(kind: RefusalKind, error: string = kind, closed?: ClosedRequest) {
    super(error);
    this.name = "Refusal";
    this.kind = kind;
    this.error = error;
    this.closed = closed;
  }
}

const KINDS: Readonly<Record<number, RefusalKind>> = {
  401: "signed_out",
  403: "not_found",
  404: "not_found",
  409: "changed",
  410: "closed",
  429: "busy",
};

/** An HTTP answer that is no success, as a refusal. */
export async function refusal(answer: Response): Promise<Refusal> {
  const kind = KINDS[answer.status] ?? (answer.status >= 500 ? "busy" : "not_accepted");
  const { error, closed } = membersOf(await answer.json().catch(() => undefined));
  return new Refusal(kind, error ?? kind, closed);
}

/** Whatever was thrown, as the kind of refusal to talk about. */
export const kindOf = (thrown: unknown): RefusalKind => (thrown instanceof Refusal ? thrown.kind : "busy");

/** What was thrown, by the exchange's own code where the table has it, which says more than the status. */
export const endIn =
  <End extends string>(ends: Readonly<Record<string, End>>) =>
  (thrown: unknown): End | RefusalKind =>
    (thrown instanceof Refusal ? ends[thrown.error] : undefined) ?? kindOf(thrown);

/** What became of the request that was asked for, where the exchange told. */
export const closedIn = (thrown: unknown): ClosedRequest | undefined =>
  thrown instanceof Refusal ? thrown.closed : undefined;

const membersOf = (body: unknown): Partial<WalletError> & { readonly closed?: ClosedRequest } =>
  typeof body === "object" && body !== null ? body : {};
