/** What people call themselves and what is theirs: more freely than Clients and sources name themselves (`humanText`). No parser, so that the Wallet says what is wrong as it is typed. */

/** As people count: a family is one sign, whatever it is made of. */
export const OWN_NAME_MOST = 60;
const MOST_BYTES = 400;

/** Why a name does not do. */
export type NameTrouble = "empty" | "long" | "signs" | "alphabets";

/** Emoji as UTS #51 §1.4.9 builds them: one, with its skin and its presentation, joined ones, flags, and keys. */
const EMOJI = new RegExp(
  [
    String.raw`\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}`,
    String.raw`\p{RI}\p{RI}`,
    String.raw`[0-9#*]\uFE0F?\u20E3`,
    String.raw`\p{ExtPict}[\uFE0E\uFE0F]?\p{EMod}?(?:\u200D\p{ExtPict}\uFE0F?\p{EMod}?)*`,
  ].join("|"),
  "gu",
);
/** A joiner says something inside the words of these scripts (RFC 5892 appendix A.1, A.2); elsewhere it is only unseen. */
const SHAPED = ["Arab", "Syrc", "Nkoo", "Mong", "Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda"]
  .concat("Mlym", "Sinh", "Khmr", "Mymr", "Tibt")
  .map((script) => String.raw`\p{Script=${script}}`)
  .join("");
const JOINER = new RegExp(`([${SHAPED}])[\\u200C\\u200D](?=[${SHAPED}])`, "gu");
/** Stands where an emoji stood: seen, and no letter. */
const SEEN = "•";

/** How many signs a person sees. */
export const signsOf = (name: string): number =>
  [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(name)].length;

/** What is wrong with a name, if anything (N-72): nothing unseen, nothing that turns the text around, no look-alikes. */
export function ownNameTrouble(name: string): NameTrouble | undefined {
  if (name.trim() === "") return "empty";
  if (name.length > MOST_BYTES || signsOf(name) > OWN_NAME_MOST || bytesOf(name) > MOST_BYTES) return "long";
  const pictures = name.replace(EMOJI, SEEN);
  const plain = pictures.replace(JOINER, "$1");
  if (/[\p{C}\p{Default_Ignorable_Code_Point}\u2800<>]/u.test(plain) || /^\s/.test(plain)) return "signs";
  if (pictures === name && !/[\p{L}\p{N}]/u.test(plain)) return "signs";
  if (/\p{Script=Latin}/u.test(plain) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(plain)) return "alphabets";
  return undefined;
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length;
