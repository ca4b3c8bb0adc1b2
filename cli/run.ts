import { parseArgs } from "node:util";
import { operator } from "../sdk/operator/operator.ts";
import { RefusedRequest } from "../sdk/refused-request.ts";
import { commandOf, Usage } from "./commands.ts";
import { keygen } from "./keygen.ts";
import { Mistake } from "./mistake.ts";
import { failedEventsPlace, target } from "./target.ts";

/** Where a run happens: what `process` is to `fpx.ts`. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Paths are relative to it. */
  readonly folder: string;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

const USAGE = `Usage: fpx COMMAND [options]

  fpx KIND add FILE                   register what FILE describes
  fpx KIND list
  fpx KIND show ID
  fpx KIND suspend|resume ID          nothing of it works from now on, or again: client, rs, an issuer, trust-anchor
  fpx client|rs logo ID FILE          what people see beside its name: a square PNG, 48 to 512 pixels wide
  fpx client|rs no-logo ID            initials again
  fpx person suspend|resume ID        lock a person, named CLIENT_ID.SUB, or unlock them
  fpx initial-access-token FILE       make a token that admits what FILE describes
  fpx failed-events list              what the stream could not deliver, oldest first
  fpx failed-events redrive [KEY]     have it delivered, all or one; what is delivered leaves the bucket
  fpx keygen [FILE]                   make an operator key (default operator.jwk.json)

KIND is definition, purpose, capability-ticket, client, rs (a Resource Server), statement-issuer,
claims-issuer or trust-anchor (a CA).

Options
  --issuer URL   the exchange        (or FPX_ISSUER; default: .fpx/local.json)
  --key FILE     the operator's key  (or FPX_OPERATOR_KEY; default: .fpx/local.json)
  --bucket NAME  of failed events    (or FPX_FAILED_EVENTS_BUCKET; default: .fpx/local.json)
  --function NAME  that takes them   (or FPX_NOTIFY_FUNCTION; default: .fpx/local.json)
  --json         answer in JSON
  --help         this text

docs/operator.md shows an example of each FILE.`;

const options = {
  issuer: { type: "string" },
  key: { type: "string" },
  bucket: { type: "string" },
  function: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/** Runs one command. @returns the exit code: 0 done, 1 it did not work (one sentence says why), 2 no such command. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<0 | 1 | 2> {
  const { out, err, folder } = surroundings;
  try {
    const { values, positionals } = parsed(args);
    if (values.help) {
      out(USAGE);
      return 0;
    }
    const [noun = "", ...rest] = positionals;
    if (noun === "keygen" && rest.length <= 1) {
      await keygen(folder, rest[0], surroundings);
      return 0;
    }
    if (noun === "failed-events") {
      const { failedEventsStep } = await import("./failed-events-steps.ts");
      const step = failedEventsStep(rest);
      if (step === undefined) throw new Usage("failed-events wants: list or redrive [KEY].");
      const { text, json } = await step(await failedEventsPlace(surroundings, values));
      out(values.json ? JSON.stringify(json, null, 2) : text);
      return 0;
    }
    const step = commandOf(noun, rest);
    const { issuer, key } = await target(surroundings, values);
    const { text, json } = await step(operator({ issuer, key }), folder);
    out(values.json ? JSON.stringify(json, null, 2) : text);
    return 0;
  } catch (failure) {
    if (failure instanceof Usage) {
      err(failure.message === "" ? USAGE : `${failure.message}\n\n${USAGE}`);
      return 2;
    }
    err(`fpx: ${sentence(failure)}`);
    return 1;
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (failure) {
    throw new Usage((failure as Error).message);
  }
}

function sentence(failure: unknown): string {
  if (failure instanceof Mistake) return failure.message;
  if (failure instanceof RefusedRequest) return `the exchange refuses: ${failure.message}`;
  if (failure instanceof TypeError && failure.cause instanceof Error) {
    return `the exchange cannot be reached: ${failure.cause.message || (failure.cause as { code?: string }).code}`;
  }
  // of openid-client: an answer that is not what the specifications say
  if (failure instanceof Error && "code" in failure && String(failure.code).startsWith("OAUTH_")) {
    return `the exchange does not answer as one: ${failure.message}`;
  }
  return failure instanceof Error ? failure.message : String(failure);
}
