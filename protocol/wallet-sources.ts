import * as v from "valibot";
import type { Pictured } from "./logo.ts";
import type { AskedKind, RequestScreen } from "./wallet.ts";
import type { AskingClient } from "./wallet-asks.ts";
import { authenticationResponse, handle } from "./wallet-ceremonies.ts";

/** The wallet surface about a person's sources, as protocol/wallet.ts has the rest. */

/** `GET /wallet/sources` → `{ sources: Source[] }`; `POST /wallet/sources/{id}/unlink` (no body) → 204: it is no source of yours any more, for any app. */
export interface Source extends Pictured {
  readonly id: string;
  readonly name: string;
  readonly linkedAt: number;
  /** Titles of the kinds of data it registered for you. */
  readonly holds: readonly string[];
}

/** `GET /wallet/places` → `{ places: Place[] }`: admitted places that hold data and can be connected from here, by name. */
export interface Place extends Pictured {
  readonly name: string;
  readonly uri?: string;
  /** OIDC Core §4: where the person's browser goes to connect it. */
  readonly startAt: string;
  /** Whether it is a source of yours already. */
  readonly connected: boolean;
}

/** `GET /wallet/links/{id}`: a place that holds data asks to become a source. 404 for anything not yours, 410 when answered or expired. */
export interface LinkScreen extends Pick<RequestScreen, "id" | "revision" | "nonce" | "createdAt" | "expiresAt"> {
  readonly notice: LinkNotice;
  readonly noticeHash: string;
}

export interface LinkNotice {
  /** As in a `Notice`. */
  readonly language: string;
  readonly source: Pick<AskingClient, "name" | "logo" | "uri" | "registeredAt">;
  /** What it may say it holds; empty when its registration names no kinds. */
  readonly kinds: readonly Pick<AskedKind, "title" | "sensitivity">[];
}

/** `POST /wallet/links/{id}/approve` → `Onward`; 409 and 410 as for a request. `POST /wallet/links/{id}/decline` (no body) → `Onward`. */
export const LinkApproveRequest = v.strictObject({
  revision: v.pipe(v.number(), v.integer()),
  nonce: handle,
  notice: v.pipe(v.string(), v.length(43)),
  language: v.pipe(v.string(), v.regex(/^[a-z]{2}$/)),
  response: authenticationResponse,
});
export type LinkApproveRequest = v.InferOutput<typeof LinkApproveRequest>;
