import { keptOutUntil } from "./declines.ts";
import type { Person } from "./person.ts";

/** A Client that cannot ask this person for now: at all after "I did not start this" (UX-10), uninvited after so many declines (UX-36). */
export interface Muted {
  readonly clientId: string;
  readonly until: number;
  readonly because: "not_me" | "declines";
}

/** Whether the person said "I did not start this" to this Client today, and did not take it back. */
export function isBlocked({ blocked }: Person, clientId: string, time: number): boolean {
  return blocked.some((block) => block.clientId === clientId && block.until > time && !block.lifted);
}

/** Every Client that is muted now; of two reasons the wider one counts. */
export function mutedBy(person: Person, time: number): readonly Muted[] {
  const blocked = person.blocked.filter(({ clientId }) => isBlocked(person, clientId, time));
  const declined = new Set((person.declines ?? []).map(({ clientId }) => clientId));
  const uninvited = [...declined].flatMap((clientId) => {
    const until = keptOutUntil(person, clientId) ?? 0;
    const isNew = until > time && !blocked.some((block) => block.clientId === clientId);
    return isNew ? [{ clientId, until, because: "declines" as const }] : [];
  });
  return [...blocked.map(({ clientId, until }) => ({ clientId, until, because: "not_me" as const })), ...uninvited];
}

/**
 * The person as they let the Client ask again. The block stays known, so that the same answer, told once more by the record's stream, does not bring it back.
 * @returns undefined if there is nothing to write
 */
export function unmuted(person: Person, clientId: string, time: number): Person | undefined {
  if (!mutedBy(person, time).some((muted) => muted.clientId === clientId)) return undefined;
  const blocked = person.blocked.map((block) =>
    block.clientId === clientId ? { ...block, lifted: true as const } : block,
  );
  const declines = (person.declines ?? []).filter((decline) => decline.clientId !== clientId);
  return { ...person, blocked, declines };
}
