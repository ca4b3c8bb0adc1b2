import { account, type Json, region } from "./assembly.ts";
import { AwsError } from "./aws-error.ts";
import { bodyOf, listening } from "./http-server.ts";
import { callerOf } from "./permissions.ts";

/** By name: input and output as the service's API names their members. */
export type Operations = Readonly<Record<string, (input: Json) => Json>>;

export interface AwsEndpointOptions {
  readonly kms?: Operations;
  readonly sns?: Operations;
  readonly sqs?: Operations;
  /** Throws where the caller's role has no such right. */
  readonly permit: (caller: string, action: string, resource: string) => void;
}

/** KMS and SQS (AWS JSON) and SNS (AWS Query) on one port; the SDK finds it by `AWS_ENDPOINT_URL_*`. */
export async function awsEndpoint({ kms = {}, sns = {}, sqs = {}, permit }: AwsEndpointOptions) {
  /** By the first half of `x-amz-target`. */
  const json: Readonly<Record<string, JsonService>> = {
    TrentService: { name: "kms", operations: kms, resource: ({ KeyId = "" }) => KeyId },
    AmazonSQS: { name: "sqs", operations: sqs, resource: ({ QueueUrl = "" }) => queueArn(QueueUrl) },
  };
  const { port, close } = await listening(async (request, response) => {
    const body = (await bodyOf(request)).toString();
    const [target = "", operation = ""] = String(request.headers["x-amz-target"] ?? "").split(".");
    const service = json[target];
    const send = (status: number, type: string, text: string) =>
      response.writeHead(status, { "content-type": type }).end(text);
    try {
      if (service !== undefined) {
        const input = JSON.parse(body);
        permit(callerOf(request.headers), `${service.name}:${operation}`, service.resource(input));
        send(200, JSON_TYPE, JSON.stringify(known(service.operations, operation)(input)));
      } else {
        const input = Object.fromEntries(new URLSearchParams(body));
        const action = input["Action"] ?? "";
        permit(
          callerOf(request.headers),
          `sns:${action}`,
          input["PlatformApplicationArn"] ?? input["EndpointArn"] ?? input["TargetArn"] ?? "",
        );
        send(200, "text/xml", answer(action, known(sns, action)(input)));
      }
    } catch (error) {
      const {
        name: code,
        status,
        message,
      } = error instanceof AwsError ? error : new AwsError("InternalFailure", String(error), 500);
      if (service !== undefined) send(status, JSON_TYPE, JSON.stringify({ __type: code, message }));
      else send(status, "text/xml", refusal(code, message));
    }
  });
  return { url: `http://127.0.0.1:${port}`, close };
}

interface JsonService {
  readonly name: string;
  readonly operations: Operations;
  readonly resource: (input: Json) => string;
}

const JSON_TYPE = "application/x-amz-json-1.1";

const queueArn = (url: string) => `arn:aws:sqs:${region}:${account}:${url.split("/").at(-1)}`;

function known(operations: Operations, name: string) {
  const operation = operations[name];
  if (operation === undefined) throw new AwsError("InvalidAction", `${name} is not known here`);
  return operation;
}

const answer = (action: string, result: Json) =>
  element(
    `${action}Response`,
    element(`${action}Result`, fields(result)) + element("ResponseMetadata", element("RequestId", crypto.randomUUID())),
  );

const refusal = (code: string, message: string) =>
  element(
    "ErrorResponse",
    element("Error", element("Type", "Sender") + element("Code", code) + element("Message", escaped(message))) +
      element("RequestId", crypto.randomUUID()),
  );

const fields = (result: Json): string =>
  Object.entries<Json>(result)
    .map(([name, value]) => element(name, content(value)))
    .join("");

/** Text, a list, or a map. */
const content = (value: Json): string => {
  if (typeof value === "string") return escaped(value);
  return Array.isArray(value) ? value.map((one) => element("member", fields(one))).join("") : entries(value);
};

const entries = (map: Readonly<Record<string, string>>) =>
  Object.entries(map)
    .map(([key, value]) => element("entry", element("key", key) + element("value", escaped(value))))
    .join("");

const element = (name: string, inside: string) => `<${name}>${inside}</${name}>`;
const escaped = (text: string) => text.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
