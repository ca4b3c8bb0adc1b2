/** An edit of a file out of Capacitor's template. A template that has changed under it is an error, not a silence. */
export function inserted(text: string, place: string, what: string, where: "before" | "after" = "after"): string {
  if (text.includes(what)) return text;
  if (!text.includes(place)) throw new Error(`Capacitor's template has changed: no ${JSON.stringify(place)} in it`);
  return text.replace(place, () => (where === "after" ? place + what : what + place));
}

/** The same for something that is already said otherwise. */
export function replaced(text: string, written: RegExp, by: string): string {
  if (text.includes(by)) return text;
  if (!written.test(text)) throw new Error(`Capacitor's template has changed: nothing like ${written} in it`);
  return text.replace(written, () => by);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};
export const xml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
