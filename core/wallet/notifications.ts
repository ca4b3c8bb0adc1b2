import type { Opened } from "../../protocol/push.ts";
import type { Exchange } from "../exchange.ts";
import { OAuthError } from "../oauth-error.ts";
import { openedPush } from "../push.ts";
import type { SignedIn } from "./session.ts";

/** `GET /wallet/notifications/{id}`: where a push leads, which its envelope does not say (UX-50). Somebody else's leads nowhere (N-75). */
export async function openNotification(
  as: Pick<Exchange, "region" | "sealingKeys" | "records">,
  { personId }: SignedIn,
  handle: string,
): Promise<Opened> {
  const push = await openedPush(as, handle);
  if (push === undefined) throw new OAuthError("not_found", "no push of ours");
  const { opens, id } = push;
  const owner = opens === "account" ? id : (await as.records.consents.find(id))?.value.personId;
  if (owner !== personId) throw new OAuthError("not_found", "no push of this person");
  return opens === "account" ? { opens } : { opens, id };
}
