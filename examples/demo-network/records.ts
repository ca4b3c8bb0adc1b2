import { type Outcome, Refusal } from "../../sdk/client/refusal.ts";
import type { Source } from "../../sdk/client/source.ts";
import type { ImmunizationBundle } from "./immunizations.ts";

/** What one source answered the last time. */
export interface Answer {
  readonly source: string;
  readonly at: number;
  readonly bundle?: ImmunizationBundle;
  /** Why there is nothing: the consent ended, or the status the source answered. */
  readonly refused?: Outcome | number | "unreachable";
}

/** Every source says that the consent ended. */
export function isOver(answers: readonly Answer[]): boolean {
  return answers.length > 0 && answers.every(({ refused }) => refused === "ended");
}

/** Records straight from a source, by a token for that source. */
export async function recordsAt(source: Source, path = "/fhir/Immunization"): Promise<Answer> {
  const answer = { source: await nameOf(source.resource), at: Date.now() };
  try {
    const response = await source.fetch(path, { headers: { accept: "application/fhir+json" } });
    if (!response.ok) return { ...answer, refused: response.status };
    return { ...answer, bundle: await response.json() };
  } catch (failure) {
    return { ...answer, refused: failure instanceof Refusal ? failure.outcome : "unreachable" };
  }
}

/** The name a source gives itself (RFC 9728 §2 `resource_name`). */
async function nameOf(resource: string): Promise<string> {
  try {
    const response = await fetch(`${resource}/.well-known/oauth-protected-resource`, {
      signal: AbortSignal.timeout(3_000),
    });
    const { resource_name } = (await response.json()) as { resource_name?: string };
    return resource_name ?? resource;
  } catch {
    return resource;
  }
}
