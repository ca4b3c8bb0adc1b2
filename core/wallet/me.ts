import type { QuietHours } from "../../protocol/settings.ts";
import type { Me } from "../../protocol/wallet.ts";
import { OAuthError } from "../oauth-error.ts";
import { nameHash, type Person } from "../person.ts";
import { spelledCode } from "../random.ts";
import { sealedUserCode } from "../user-code.ts";
import { changedPerson } from "./changed-person.ts";
import { recoveryStanding } from "./recovery-code.ts";
import type { SignedIn } from "./session.ts";
import type { Wallet } from "./wallet.ts";

/** `Me`: what a person is told of their own account. */
export function me({ name, walletName, userCode, quietHours, noReminders, recovery }: Person): Me {
  return {
    name,
    ...(walletName !== undefined && { walletName }),
    ...(userCode !== undefined && { hasUserCode: true as const }),
    ...(quietHours !== undefined && { quietHours }),
    ...(recovery !== undefined && { recovery: recoveryStanding(recovery) }),
    ...(noReminders && { noReminders }),
  };
}

/** CIBA Core §7.1: the code that must come with the Wallet name. */
export async function setUserCode(as: Wallet, { personId }: SignedIn, code: string | null): Promise<Me> {
  const userCode = code === null ? undefined : await sealedUserCode(as, personId, code);
  return changed(as, personId, ({ userCode: _, ...rest }) => ({
    ...rest,
    ...(userCode !== undefined && { userCode }),
  }));
}

/** UX-36. */
export function setQuietHours(as: Wallet, { personId }: SignedIn, quietHours: QuietHours | null): Promise<Me> {
  return changed(as, personId, ({ quietHours: _, ...rest }) => ({
    ...rest,
    ...(quietHours !== null && { quietHours }),
  }));
}

/** UX-17. A card that waits already goes on waiting. */
export function setReminders(as: Wallet, { personId }: SignedIn, reminders: boolean): Promise<Me> {
  return changed(as, personId, ({ noReminders: _, ...rest }) => ({
    ...rest,
    ...(!reminders && { noReminders: true }),
  }));
}

const changed = async (...step: Parameters<typeof changedPerson>): Promise<Me> => me(await changedPerson(...step));

/** The pointer is claimed before it is used; a name of the shape of a one-time code would be read as one. */
export async function setWalletName(as: Wallet, { personId }: SignedIn, walletName: string | null): Promise<Me> {
  if (walletName !== null) await claimName(as, personId, walletName);
  let before: string | undefined;
  const next = await changed(as, personId, ({ walletName: known, ...rest }) => {
    before = known;
    return { ...rest, ...(walletName !== null && { walletName }) };
  });
  if (before !== undefined && before !== walletName) await releaseName(as, personId, before);
  return next;
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
