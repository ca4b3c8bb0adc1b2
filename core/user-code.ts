import { sha256 } from "../protocol/canonical-json.ts";
import { USER_CODE } from "../protocol/settings.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { sameHash } from "./handles.ts";
import { OAuthError } from "./oauth-error.ts";
import type { Client } from "./party.ts";
import type { Person } from "./person.ts";
import { type Seal, seal, unseal } from "./seal.ts";

/** CIBA Core §7.1 `user_code`: a code the person chose, without which nobody asks them by their Wallet name. Kept as a hash, and that sealed under a key of ours. */
export async function sealedUserCode(as: Seal, personId: string, code: string): Promise<string> {
  return seal(as, "usercode", await hashOf(personId, code));
}

/**
 * What a request alone shows (CIBA Core §13): a Client that registered the parameter brings a code with each Wallet name, whoever the name leads to and whether or not they
 * have one; a Client that did not brings none. Whether it is the right one is found out behind the answer (N-54); until then it is kept sealed.
 */
export async function broughtUserCode(
  as: Seal,
  client: Client,
  hint: string,
  code: string | undefined,
): Promise<string | undefined> {
  if (client.backchannel_user_code_parameter !== true) {
    if (code !== undefined) throw new OAuthError("invalid_request", "a user_code, which is not registered");
    return undefined;
  }
  if (!hint.startsWith("name:")) return undefined;
  if (code === undefined) throw new OAuthError("missing_user_code", "a Wallet name without user_code");
  if (!USER_CODE.test(code)) throw new OAuthError("invalid_user_code", "the user_code cannot be one");
  return seal(as, "broughtcode", code);
}

/** Whether a request by Wallet name may pass: the person set no code, or it brought theirs. */
export async function bringsUserCode(
  as: Seal,
  { hint, userCode }: Pick<AuthorizationRequest, "hint" | "userCode">,
  personId: string,
  person: Person,
): Promise<boolean> {
  if (person.userCode === undefined || !hint?.startsWith("name:")) return true;
  const brought = userCode === undefined ? undefined : await unseal(as, "broughtcode", userCode);
  const kept = await unseal(as, "usercode", person.userCode);
  if (brought === undefined || kept === undefined) return false;
  return sameHash(kept, await hashOf(personId, brought));
}

function hashOf(personId: string, code: string): Promise<string> {
  return sha256(`user code ${personId} ${code}`);
}
