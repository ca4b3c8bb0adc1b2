const KEY = "device-token";

/** How this phone is reached: random, made once, as FCM gives an app one (platform `FCM`). */
export function deviceToken(kept: Pick<Storage, "getItem" | "setItem">): string {
  const known = kept.getItem(KEY);
  if (known !== null) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  const made = `phone-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  kept.setItem(KEY, made);
  return made;
}
