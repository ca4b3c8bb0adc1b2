import { readFileSync } from "node:fs";
import { join } from "node:path";
import { queueUrl } from "./sqs.ts";

// biome-ignore lint/suspicious/noExplicitAny: a CloudFormation template is JSON whose shape its resource type decides
export type Json = any;

export interface Resource {
  readonly name: string;
  readonly arn: string;
  readonly stack: string;
  readonly properties: Json;
}

interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: string; readonly AllowedPattern?: string }>>;
  readonly Conditions?: Readonly<Record<string, Json>>;
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly Properties?: Json }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: Json; readonly Export?: { readonly Name: string } }>>;
}

export const region = "us-east-1";
export const account = "000000000000";

const pseudo: Readonly<Record<string, string>> = {
  "AWS::Region": region,
  "AWS::AccountId": account,
  "AWS::Partition": "aws",
  "AWS::URLSuffix": "localhost",
  "AWS::NoValue": "",
};

/** Service and resource prefix of the ARNs that something here looks at. */
const arns: Readonly<Record<string, readonly [string, string]>> = {
  "AWS::DynamoDB::GlobalTable": ["dynamodb", "table/"],
  "AWS::KMS::Key": ["kms", "key/"],
  "AWS::Lambda::Function": ["lambda", "function:"],
  "AWS::S3::Bucket": ["s3", ""],
  "AWS::SQS::Queue": ["sqs", ""],
};

export type Assembly = ReturnType<typeof assembly>;

/** The stacks of a synthesized CDK assembly, with their intrinsic functions resolved for this machine. */
export function assembly(folder: string, parameters: Readonly<Record<string, string>>) {
  const json = (file: string) => JSON.parse(readFileSync(join(folder, file), "utf8"));
  const stacks = new Map(
    Object.entries<Json>(json("manifest.json").artifacts)
      .filter(([, artifact]) => artifact.type === "aws:cloudformation:stack")
      .map(([stack, artifact]) => [stack, json(artifact.properties.templateFile) as Template]),
  );
  const assets = new Map(
    [...stacks.keys()].flatMap((stack) =>
      Object.entries<Json>(json(`${stack}.assets.json`).files).map(([id, file]) => [
        id,
        join(folder, file.source.path),
      ]),
    ),
  );
  const exported = new Map(
    [...stacks].flatMap(([stack, { Outputs = {} }]) =>
      Object.values(Outputs).map(({ Export, Value }) => [Export?.Name, { stack, value: Value }] as const),
    ),
  );

  for (const { Parameters = {} } of stacks.values())
    for (const [name, { Default = "", AllowedPattern = "" }] of Object.entries(Parameters))
      if (!new RegExp(AllowedPattern).test(parameters[name] ?? Default)) fail(`${name} does not match its pattern`);

  const template = (stack: string) => stacks.get(stack) ?? fail(`no stack ${stack}`);
  const arn = (stack: string, id: string) => {
    const [service, prefix] = arns[template(stack).Resources?.[id]?.Type ?? ""] ?? ["local", ""];
    return `arn:aws:${service}:${region}:${account}:${prefix}${stack}-${id}`;
  };
  const ref = (stack: string, id: string): string => {
    const resource = template(stack).Resources?.[id];
    if (resource?.Type === "AWS::SQS::Queue") return queueUrl(account, `${stack}-${id}`);
    if (resource !== undefined) return `${stack}-${id}`;
    return pseudo[id] ?? parameters[id] ?? template(stack).Parameters?.[id]?.Default ?? fail(`${stack}: Ref ${id}`);
  };
  const attribute = (stack: string, id: string, name: string) =>
    name === "StreamArn" ? `${arn(stack, id)}/stream/local` : name.endsWith("Arn") ? arn(stack, id) : `${id}.${name}`;

  /** The intrinsic functions the stacks use; another one is an error, not a guess. */
  const intrinsics: Readonly<Record<string, (stack: string, argument: Json) => Json>> = {
    Ref: ref,
    "Fn::GetAtt": (stack, [id, name]) => attribute(stack, id, name),
    "Fn::Join": (stack, [separator, parts]) => resolve(stack, parts).join(separator),
    "Fn::Split": (stack, [separator, text]) => resolve(stack, text).split(separator),
    "Fn::Select": (stack, [index, list]) => resolve(stack, list)[Number(index)] ?? "",
    "Fn::Sub": (stack, text) => text.replaceAll(/\$\{([^}]+)\}/g, (_: string, id: string) => ref(stack, id)),
    "Fn::If": (stack, [condition, then, otherwise]) =>
      resolve(stack, resolve(stack, template(stack).Conditions?.[condition]) ? then : otherwise),
    "Fn::Equals": (stack, [left, right]) => resolve(stack, left) === resolve(stack, right),
    "Fn::Not": (stack, [condition]) => !resolve(stack, condition),
    "Fn::ImportValue": (_, name) => {
      const { stack, value } = exported.get(name) ?? fail(`no export ${name}`);
      return resolve(stack, value);
    },
  };

  function resolve(stack: string, value: Json): Json {
    if (Array.isArray(value)) return value.map((item) => resolve(stack, item));
    if (value === null || typeof value !== "object") return value;
    const [[name, argument] = ["", undefined]] = Object.entries(value);
    const intrinsic = intrinsics[name];
    if (intrinsic !== undefined) return intrinsic(stack, argument);
    if (name.startsWith("Fn::")) return fail(`${stack}: ${name} is not known here`);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(stack, item)]));
  }

  return {
    /** Resources of a type. */
    of: (type: string): readonly Resource[] =>
      [...stacks].flatMap(([stack, { Resources = {} }]) =>
        Object.entries(Resources)
          .filter(([, resource]) => resource.Type === type)
          .map(([id, { Properties = {} }]) => ({
            name: `${stack}-${id}`,
            arn: arn(stack, id),
            stack,
            properties: resolve(stack, Properties),
          })),
      ),
    /** What a stack tells whoever deployed it. */
    output: (name: string): string => {
      const [stack, { Outputs = {} }] =
        [...stacks].find(([, { Outputs = {} }]) => name in Outputs) ?? fail(`no output ${name}`);
      return resolve(stack, Outputs[name]?.Value);
    },
    /** The folder of an asset, by the S3 key a function's code names. */
    asset: (key: string) => assets.get(key.replace(/\.zip$/, "")) ?? fail(`no asset ${key}`),
  };
}

function fail(message: string): never {
  throw new Error(`assembly: ${message}`);
}
