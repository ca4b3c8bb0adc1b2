import { construct, type Json } from "./templates.ts";

export interface Statement {
  readonly actions: readonly string[];
  /** Resources by their construct's name. */
  readonly on: readonly string[];
  readonly when?: object;
}

/** A role's statements in a form people can compare: actions sorted, resources by name. */
export const statementsOf = (role: Json): Statement[] =>
  role.Policies.flatMap(({ PolicyDocument }: Json) => PolicyDocument.Statement).map(
    ({ Action, Resource, Condition, Effect }: Json) => ({
      actions: [Action].flat().toSorted(),
      on: [Resource].flat().map(nameOf).toSorted(),
      ...(Condition && { when: Condition }),
      ...(Effect !== "Allow" && { Effect }),
    }),
  );

function nameOf(resource: Json): string {
  if (typeof resource === "string") return resource;
  const [[intrinsic, argument] = ["", undefined]] = Object.entries<Json>(resource);
  if (intrinsic === "Fn::GetAtt") return `${construct(argument[0])}${argument[1] === "StreamArn" ? "/stream" : ""}`;
  if (intrinsic === "Fn::ImportValue") return imported(argument);
  if (intrinsic === "Fn::Join") return argument[1].map(nameOf).join("");
  if (intrinsic === "Ref") return argument;
  // A platform application that may not be there, or its endpoints.
  if (intrinsic === "Fn::If") return application(argument[1]);
  throw new Error(`${intrinsic} in a policy`);
}

/** FpxState:ExportsOutputFnGetAttRecords091F6ECAArn8F34C005 */
function imported(name: string) {
  const [, id = "", attribute] =
    /^FpxState:ExportsOutputFnGetAtt(\w+)[0-9A-F]{8}(Arn|StreamArn)[0-9A-F]{8}$/.exec(name) ?? [];
  return attribute === "StreamArn" ? `${id}/stream` : id;
}

function application(value: Json): string {
  const text = JSON.stringify(value);
  const parameter = /"Ref":"(\w+ApplicationArn)"/.exec(text)?.[1];
  return text.includes(":endpoint/") && text.includes('"/*"') ? `${parameter}:endpoint/*` : `${parameter}`;
}
