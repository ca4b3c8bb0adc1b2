/** The same shape the exchange accepts (protocol/settings.ts, `USER_CODE`), without its parser on the first load. */
export const userCodeFits = (code: string): boolean => /^[\x21-\x7e]{4,32}$/.test(code);
