/** The same shape the exchange accepts (protocol/settings.ts, `WalletNameRequest`), without its parser on the first load. */
export const walletNameFits = (name: string): boolean => /^[a-z0-9][a-z0-9.-]{1,28}[a-z0-9]$/.test(name);
