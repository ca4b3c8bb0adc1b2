/** The host of an address, or the address as it is. */
export const host = (uri: string): string => (URL.canParse(uri) ? new URL(uri).host : uri);
