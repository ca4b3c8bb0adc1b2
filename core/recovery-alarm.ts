import { type Exchange, now } from "./exchange.ts";
import { standingOf, windowOf } from "./recovery.ts";
import { type Ringing, ringPerson } from "./ring.ts";

/** Somebody showed the code of an account: every device of its person rings, in quiet hours, too, and until the ask is over whoever was away hears of it. */
export async function recoveryAsked(as: Exchange & Ringing, personId: string): Promise<number | "over"> {
  const asked = (await as.records.people.find(personId))?.value.recovery?.asked;
  if (asked === undefined || standingOf(asked, now(as)) === "over") return "over";
  const { endsAt: exp } = windowOf(asked);
  return ringPerson(as, personId, { t: "n", exp, opens: "account", id: personId, which: `recovery${asked.at}` });
}
