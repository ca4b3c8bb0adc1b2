/** UX-32: the number the Client shows, among those the Wallet offers; made by us, new for each request. */
export interface NumberMatch {
  readonly number: string;
  readonly numbers: readonly string[];
  readonly misses: number;
}

/** Wrong picks that end a request. */
export const MISSES = 3;

/** Three different numbers of two digits, in order, so that its place tells nothing; one of them is it. */
export function newNumberMatch(): NumberMatch {
  const drawn = new Set<number>();
  // Bytes from 180 on would make some numbers likelier than others.
  while (drawn.size < 3)
    for (const byte of crypto.getRandomValues(new Uint8Array(3))) if (byte < 180) drawn.add(10 + (byte % 90));
  const [first = 10, ...others] = [...drawn].slice(0, 3);
  return { number: String(first), numbers: [first, ...others].sort((a, b) => a - b).map(String), misses: 0 };
}
