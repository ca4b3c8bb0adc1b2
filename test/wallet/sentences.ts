/** Every sentence of a language by its path; arguments are written §1, §2. */
export function sentences(group: object, path = ""): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(group).flatMap(([key, value]): (readonly [string, string])[] => {
      const here = path === "" ? key : `${path}.${key}`;
      if (typeof value === "string") return [[here, value]];
      if (typeof value === "function") return [[here, value(...ARGUMENTS.slice(0, value.length))]];
      return [...sentences(value, here)];
    }),
  );
}

const ARGUMENTS = ["§1", "§2", "§3"];
