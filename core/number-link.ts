import type { BackchannelAuthenticationResponse } from "../protocol/oauth.ts";
import { type Exchange, now } from "./exchange.ts";
import { handleKind, newHandle } from "./handles.ts";

/** RFC 8628 §3.2, UX-33: the link that carries the number of a request to the Wallet without anybody typing it (WCAG 3.3.8). It is in the fragment, which no server is sent. */
export async function numberLink(
  as: Exchange,
  requestId: string,
  walletOrigin: string,
): Promise<Required<Pick<BackchannelAuthenticationResponse, "verification_uri_complete">>> {
  const { handle } = await newHandle(as, handleKind.number, requestId, now(as));
  return { verification_uri_complete: `${walletOrigin}/link#/numbers/${handle}` };
}
