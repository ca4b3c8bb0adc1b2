import { inject } from "vitest";

// biome-ignore lint/suspicious/noExplicitAny: a template is JSON whose shape its resource type decides
export type Json = any;

type StackName = "FpxState" | "FpxApi" | "FpxEdge";

export interface Synthesis {
  readonly templates: Readonly<Record<StackName, Json>>;
  readonly messages: readonly string[];
  readonly findings: readonly Json[];
}

declare module "vitest" {
  export interface ProvidedContext {
    synthesis: Synthesis;
  }
}

export const { templates, messages, findings } = inject("synthesis");

/** Properties of the resources of a type, by logical id. */
export const of = (stack: StackName, type: string): readonly (readonly [string, Json])[] =>
  Object.entries<Json>(templates[stack].Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties }]) => [id, Properties]);

/** The one of a type whose construct has this name. */
export const one = (stack: StackName, type: string, name: string): Json =>
  of(stack, type).find(([id]) => construct(id) === name)?.[1];

/** The construct a logical id was made from. */
export const construct = (logicalId: string) => logicalId.replace(/[0-9A-F]{8}$/, "");
