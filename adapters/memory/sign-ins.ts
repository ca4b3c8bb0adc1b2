import type { SignIn, SignIns } from "../../core/sign-ins.ts";

/** The contract of sign-ins on a map. */
export function memorySignIns(): SignIns {
  const people = new Map<string, readonly SignIn[]>();
  const of = (personId: string) => people.get(personId) ?? [];
  const order = ({ at, session }: SignIn) => `${String(at).padStart(12, "0")} ${session}`;
  return {
    async note(personId, signIn) {
      people.set(personId, [...of(personId), signIn]);
    },
    async since(personId, from) {
      return of(personId)
        .filter(({ at }) => at >= from)
        .sort((a, b) => (order(a) < order(b) ? 1 : -1));
    },
    async forget(personId) {
      people.delete(personId);
    },
  };
}
