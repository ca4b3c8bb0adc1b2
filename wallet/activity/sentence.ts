import type { ActivityEntry } from "../../protocol/wallet-activity.ts";
import { words } from "../messages/languages.ts";

/** What happened, in a sentence. */
export const sentence = ({ what, app = "", place = "", device = "" }: ActivityEntry): string =>
  words.activity.what[what](app, place, device);
