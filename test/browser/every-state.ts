import { accountStates } from "./account-states.ts";
import { closedStates } from "./closed-states.ts";
import { elsewhereStates } from "./elsewhere-states.ts";
import { historyStates } from "./history-states.ts";
import { lifeStates } from "./life-states.ts";
import { logoStates } from "./logo-states.ts";
import { longNameStates } from "./long-name-states.ts";
import { mutedStates } from "./muted-states.ts";
import { notificationStates } from "./notification-states.ts";
import { type State, states } from "./states.ts";

/** Every screen in every state it can be in: what `npm run test:browser` checks and `npm run screens` pictures. */
export const everyState: readonly State[] = [
  ...states,
  ...accountStates,
  ...closedStates,
  ...elsewhereStates,
  ...historyStates,
  ...lifeStates,
  ...logoStates,
  ...longNameStates,
  ...mutedStates,
  ...notificationStates,
];
