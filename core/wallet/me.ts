import type { Me } from "../../protocol/wallet.ts";
import { OAuthError } from "../oauth-error.ts";
import { nameHash, type Person } from "../person.ts";
import { spelledCode } from "../random.ts";
import type { SignedIn } from "./session.ts";
import type { Wallet } from "./wallet.ts";

export function me({ name, walletName }: Person): Me {
  return { name, ...(walletName !== undefined && { walletName }) };
}

/** The pointer is claimed before it is used; a name of the shape of a one-time code would be read as one. */
export async function setWalletName(as: Wallet, { personId }: SignedIn, walletName: string | null): Promise<Me> {
  if (walletName !== null) await claimName(as, personId, walletName);
  const stored = await as.records.people.find(personId);
  if (stored === undefined) throw new OAuthError("not_found", "no such person");
  const { walletName: before, ...rest } = stored.value;
  const next = walletName === null ? rest : { ...rest, walletName };
  if ((await as.records.people.replace(personId, stored, next)) === "conflict")
    throw new OAuthError("conflict", "the person changed meanwhile");
  if (before !== undefined && before !== walletName) await releaseName(as, personId, before);
  return me(next);
}

async function claimName(as: Wallet, personId: string, walletName: string): Promise<void> {
  if (spelledCode(walletName) !== undefined) throw taken("has the shape of a one-time code");
  const hash = await nameHash(walletName);
  if ((await as.records.names.insert(hash, { to: personId })) === "inserted") return;
  if ((await as.records.names.find(hash))?.value.to !== personId) throw taken("taken");
}

async function releaseName(as: Wallet, personId: string, walletName: string): Promise<void> {
  const hash = await nameHash(walletName);
  const stored = await as.records.names.find(hash);
  if (stored?.value.to === personId) await as.records.names.remove(hash, stored);
}

function taken(reason: string) {
  return new OAuthError("unprocessable", `wallet name: ${reason}`, {
    description: "This name cannot be had. Choose another.",
  });
}
