import type { IncomingHttpHeaders } from "node:http";
import type { Assembly, Json } from "./assembly.ts";
import { AwsError } from "./aws-error.ts";

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export type Permit = (caller: string, action: string, resource: string, leadingKey?: string) => void;

/**
 * IAM as far as this app's roles go: a function that has no statement for what it does is refused here as it would be in AWS. Callers
 * that are no function of the assembly (tests, the proxy itself) are not asked.
 */
export function permissions(app: Assembly): Permit {
  const policies = new Map<string, readonly Statement[]>(
    app
      .of("AWS::IAM::Role")
      .map(({ arn, properties }) => [
        arn,
        (properties.Policies ?? []).flatMap(({ PolicyDocument }: Json) => PolicyDocument.Statement),
      ]),
  );
  const roles = new Map(
    app.of("AWS::Lambda::Function").map(({ name, properties }) => [name, properties.Role as string]),
  );

  return (caller, action, resource, leadingKey) => {
    const role = roles.get(caller);
    if (role === undefined) return;
    const allowed = (policies.get(role) ?? []).some(
      ({ Effect, Action, Resource, Condition = {} }) =>
        Effect === "Allow" &&
        [Action].flat().includes(action) &&
        // Decrypt may leave out its key: the ciphertext names it.
        (resource === "" || [Resource].flat().some((pattern) => like(pattern, resource))) &&
        Object.entries(Condition).every(([operator, keys]) => holds(operator, keys, leadingKey)),
    );
    if (!allowed)
      throw new AwsError("AccessDeniedException", `${caller} is not authorized to perform ${action} on ${resource}`);
  };
}

/** Who signed a call to AWS, by the access key id that `function-host.ts` gives each function. */
export const callerOf = ({ authorization = "" }: IncomingHttpHeaders) =>
  /Credential=([^/]+)\//.exec(authorization)?.[1] ?? "";

/** The one condition the stacks use; another one is an error, not a guess. */
function holds(operator: string, keys: Readonly<Record<string, readonly string[]>>, leadingKey = "") {
  const patterns = keys["dynamodb:LeadingKeys"];
  if (operator !== "ForAllValues:StringLike" || patterns === undefined)
    throw new Error(`permissions: ${operator} ${Object.keys(keys)} is not known here`);
  return patterns.some((pattern) => like(pattern, leadingKey));
}

const like = (pattern: string, value: string) =>
  new RegExp(`^${pattern.split("*").map(RegExp.escape).join(".*")}$`, "s").test(value);
