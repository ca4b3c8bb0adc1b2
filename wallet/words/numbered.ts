/** A name that none of the others has: "Navigator, Linux 2" beside a "Navigator, Linux". */
export function numbered(name: string, others: readonly string[]): string {
  if (!others.includes(name)) return name;
  let number = 2;
  while (others.includes(`${name} ${number}`)) number += 1;
  return `${name} ${number}`;
}
