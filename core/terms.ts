import type { AuthorizationDetail } from "../protocol/authorization-details.ts";

/** What a Client asks and a person decides, whichever door it came through. */
export interface Terms {
  readonly details: readonly TermDetail[];
}

export interface TermDetail {
  readonly type: string;
  /** Required: declining one declines the request. */
  readonly actions: readonly string[];
  /** Off until chosen. */
  readonly optional_actions: readonly string[];
  readonly purpose: string;
  /** ISO 8601, within the definition's maximum. */
  readonly duration: string;
  /** Where the Client wishes it from; empty: anywhere. */
  readonly locations: readonly string[];
  /** Of the ticket door: these and no others; absent: whatever the source holds of the type. */
  readonly resource_ids?: readonly string[];
}

/** What was asked, before purpose and duration are filled in: by `authorization_details`, or by scope values that mean the same. */
export type AskedDetail = AuthorizationDetail;
