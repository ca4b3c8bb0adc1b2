/** UX-32: the number the other screen shows and the person types here; made by us, new for each request, and in no answer to the Wallet. */
export interface NumberMatch {
  readonly number: string;
  readonly misses: number;
}

/** Wrong numbers that end a request: whoever only guesses has 3 of 90. */
export const MISSES = 3;

/** Two digits, each number from 10 to 99 as likely as another. */
export function newNumberMatch(): NumberMatch {
  for (;;) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    // Bytes from 180 on would make some numbers likelier than others.
    if (byte < 180) return { number: String(10 + (byte % 90)), misses: 0 };
  }
}
