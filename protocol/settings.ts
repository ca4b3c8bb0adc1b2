import * as v from "valibot";

/** What a person sets in their Wallet. */

/** `PUT /wallet/me/wallet-name` → `Me`; null switches it off. */
export const WalletNameRequest = v.strictObject({
  walletName: v.nullable(v.pipe(v.string(), v.toLowerCase(), v.regex(/^[a-z0-9](?:[a-z0-9.-]{1,28})[a-z0-9]$/))),
});

/** CIBA Core §7.1 `user_code`: 4 to 32 printable characters without spaces. */
export const USER_CODE = /^[\x21-\x7e]{4,32}$/;
/** `PUT /wallet/me/user-code` → `Me`; null switches it off. It is told to nobody again. */
export const UserCodeRequest = v.strictObject({ userCode: v.nullable(v.pipe(v.string(), v.regex(USER_CODE))) });

const clock = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/));

/** When requests you did not start wait in the inbox and ring nowhere (UX-36): times of the clock, and whose clock. */
const QuietHours = v.pipe(
  v.strictObject({ from: clock, to: clock, timeZone: v.pipe(v.string(), v.maxLength(64), v.check(isTimeZone)) }),
  v.check(({ from, to }) => from !== to),
);
export type QuietHours = v.InferOutput<typeof QuietHours>;
/** `PUT /wallet/me/quiet-hours` → `Me`; null switches them off. */
export const QuietHoursRequest = v.strictObject({ quietHours: v.nullable(QuietHours) });

/** `PUT /wallet/me/reminders` → `Me`: of what the person shares (UX-17); on unless switched off. */
export const RemindersRequest = v.strictObject({ reminders: v.boolean() });

/** An IANA name this machine knows. */
function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
