import * as v from "valibot";
import { humanText } from "./registry.ts";
import { repeatedMember } from "./repeated-member.ts";

/** FAPI-CIBA §5.3, §6.2: what a Client says of the device its request began on. The profile leaves the members open; these two are shown, as what the Client says. */
export interface RequestContext {
  /** Such as "Firefox on Windows". */
  readonly device?: string;
  /** Such as "Toronto, Canada". */
  readonly location?: string;
}

const LONGEST = 1_000;
/** Letters a member is shown with at most. */
const SHOWN = 60;

/** `request_context` as it was sent; undefined for what is no JSON object of at most 1000 characters, with each member once. Members that cannot be shown are left out. */
export function requestContext(json: string): RequestContext | undefined {
  if (json.length > LONGEST || repeatedMember(json) !== undefined) return undefined;
  let sent: unknown;
  try {
    sent = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (Array.isArray(sent) || !v.is(v.record(v.string(), v.unknown()), sent)) return undefined;
  const [device, location] = [plain(sent["device"]), plain(sent["location"])];
  return { ...(device !== undefined && { device }), ...(location !== undefined && { location }) };
}

/** UX-07, N-72: one line of plain text, without control and bidirectional characters or markup; of anything else nothing. */
function plain(said: unknown): string | undefined {
  if (typeof said !== "string") return undefined;
  const line = said.replace(/\s+/gu, " ").replace(/[\p{C}\p{Default_Ignorable_Code_Point}\u2800<>]/gu, "");
  const text = [...line.trim()].slice(0, SHOWN).join("").trim();
  return v.is(humanText(2 * SHOWN), text) ? text : undefined;
}
