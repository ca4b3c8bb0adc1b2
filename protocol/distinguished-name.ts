/** Attribute types under one spelling (RFC 4514 §3, and what certificates of clients carry besides). */
const types: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN",
  "2.5.4.5": "SERIALNUMBER",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "STREET",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.97": "ORGANIZATIONIDENTIFIER",
  "0.9.2342.19200300.100.1.1": "UID",
  "0.9.2342.19200300.100.1.25": "DC",
  "1.2.840.113549.1.9.1": "EMAILADDRESS",
  E: "EMAILADDRESS",
  S: "ST",
};

const attribute =
  /^ *([A-Za-z][\w-]*|\d+(?:\.\d+)+) *= *((?!#)(?:\\(?:[0-9A-Fa-f]{2}|[ "#+,;<=>\\])|[^\\"+,;<>\0])+?) *$/u;

/** RFC 4514 §2.1: the relative names in the order of the string, most specific first, each in one spelling; undefined for no such string, and for values in BER (`#…`). */
export function distinguishedName(text: string): readonly string[] | undefined {
  return all(split(text, ","), relativeName);
}

/** One relative name, of one attribute or several, whose order means nothing (§2.2). */
export function relativeName(text: string): string | undefined {
  return all(split(text, "+"), (pair) => {
    const [, type = "", value = ""] = attribute.exec(pair) ?? [];
    const [known, text] = [type.toUpperCase(), unescaped(value)];
    return text === "" ? undefined : `${types[known] ?? known}=${text}`;
  })
    ?.toSorted()
    .join("\0");
}

/** At each separator that no backslash stands before. */
function split(text: string, separator: "," | "+"): readonly string[] {
  const parts = [""];
  for (const [piece] of text.matchAll(/\\.|./gs)) {
    if (piece === separator) parts.push("");
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

/** §2.4: `\2C` is one octet of UTF-8, `\,` the character itself. */
function unescaped(value: string): string {
  const octets = value.replace(/\\([0-9A-Fa-f]{2})|\\?(.)/gsu, (_, octet: string | undefined, character: string) =>
    octet === undefined ? encodeURIComponent(character) : `%${octet}`,
  );
  try {
    return decodeURIComponent(octets);
  } catch {
    return "";
  }
}

function all<T>(parts: readonly string[], read: (part: string) => T | undefined): readonly T[] | undefined {
  const found = parts.map(read).filter((part) => part !== undefined);
  return found.length === parts.length ? found : undefined;
}
