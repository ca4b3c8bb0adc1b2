/** The first member name that stands twice in one object of a JSON text that parses, compared as JSON reads it ("\u0061" is "a"); undefined if there is none. */
export function repeatedMember(json: string): string | undefined {
  const objects: (Set<string> | undefined)[] = [];
  let last = "";
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === "{") objects.push(new Set());
    else if (token === "[") objects.push(undefined);
    else if (token === "}" || token === "]") objects.pop();
    else if (token === ":") {
      const name = JSON.parse(last) as string;
      if (objects.at(-1)?.has(name)) return name;
      objects.at(-1)?.add(name);
    }
    last = token;
  }
  return undefined;
}
