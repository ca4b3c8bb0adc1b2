/** A map as the AWS Query protocol writes it: `Attributes.entry.1.key`, `Attributes.entry.1.value`, … */
export function mapIn(input: Readonly<Record<string, string>>, map: string, key: string, value: string) {
  const pairs: [string, string][] = [];
  for (let i = 1; input[`${map}.entry.${i}.${key}`] !== undefined; i++)
    pairs.push([String(input[`${map}.entry.${i}.${key}`]), String(input[`${map}.entry.${i}.${value}`])]);
  return Object.fromEntries(pairs);
}
