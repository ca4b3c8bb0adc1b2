/** docs/openapi.json for reading: a route a section, what it takes, who may call it. */

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly items?: Schema;
  readonly contentSchema?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

interface Operation {
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

export interface Api {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, { readonly description: string }>>;
  };
}

/** The page as Markdown. */
export function apiPage({ paths, components }: Api): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
  );
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))];
  const schemes = Object.entries(components.securitySchemes);
  return `${[
    "# The API",
    "Every route, from `functions/routes.ts` and the schemas the edge parses with; made by `npm run openapi` beside [openapi.json](openapi.json), and not by hand. `*` is required.",
    "## Who may call",
    list(schemes.map(([name, { description }]) => `\`${name}\`: ${description}`)),
    ...tags.flatMap((tag) => [
      `## ${tag}`,
      ...operations.filter(({ operation }) => operation.tags.includes(tag)).map(section),
    ]),
  ].join("\n\n")}\n`;
}

function section({ route, operation }: { readonly route: string; readonly operation: Operation }): string {
  const { summary, security, parameters = [], requestBody } = operation;
  const callers = security.flatMap((scheme) => Object.keys(scheme)).map((name) => `\`${name}\``);
  const source = /\.(ts|md)$/.test(summary) ? `[${summary}](../${summary})` : summary;
  const query = parameters.filter((parameter) => parameter.in === "query");
  const [body] = Object.entries(requestBody?.content ?? {});
  return [
    `### ${route}`,
    `${source}. Called with ${callers.length === 0 ? "no credentials" : callers.join(" or ")}.`,
    ...(query.length === 0 ? [] : [list(query.map(({ name, required }) => named(name, required, "string")))]),
    ...(body === undefined ? [] : [`\`${body[0]}\`:`, ...alternatives(body[1].schema).map(members)]),
  ].join("\n\n");
}

const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join("\n");
const named = (name: string, required: boolean, type: string) => `\`${name}\`${required ? "*" : ""} ${type}`;
const alternatives = (schema: Schema): readonly Schema[] => schema.oneOf ?? schema.anyOf ?? [schema];

function members({ properties = {}, required = [] }: Schema, index: number): string {
  const lines = Object.entries(properties).map(([name, schema]) =>
    named(name, required.includes(name), typeOf(schema)),
  );
  return `${index === 0 ? "" : "or\n\n"}${list(lines)}`;
}

/** A schema in a few words; an object by the names of its members. */
function typeOf(schema: Schema): string {
  if (schema.contentSchema !== undefined) return `JSON: ${typeOf(schema.contentSchema)}`;
  if (schema.oneOf !== undefined || schema.anyOf !== undefined) return alternatives(schema).map(typeOf).join(", or ");
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(" | ");
  if (schema.type === "array") return `list of ${schema.items === undefined ? "anything" : typeOf(schema.items)}`;
  if (schema.properties === undefined) return schema.format ?? schema.type ?? "anything";
  const names = Object.keys(schema.properties).map((name) => `${name}${schema.required?.includes(name) ? "*" : ""}`);
  return names.length === 0 ? "object" : `{ ${names.join(", ")} }`;
}
