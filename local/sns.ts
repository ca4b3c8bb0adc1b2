import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Json } from "./assembly.ts";
import type { Operations } from "./aws-endpoint.ts";
import { AwsError } from "./aws-error.ts";
import { saved } from "./saved.ts";

interface Endpoint {
  readonly Token: string;
  readonly CustomUserData: string;
  readonly Enabled: string;
}

/** What reaches a device through its platform. */
export interface Push {
  readonly messageId: string;
  readonly platform: "FCM" | "APNS";
  readonly token: string;
  readonly payload: Json;
}

/** SNS mobile push: endpoints of given platform applications, and what is published to them. */
export function localSns(file: string, applicationArns: readonly string[], deliver: (push: Push) => void) {
  const endpoints = saved<Record<string, Endpoint>>(file, {});
  const put = (arn: string, endpoint: Endpoint | undefined) => {
    if (endpoint === undefined) delete endpoints.value[arn];
    else endpoints.value[arn] = endpoint;
    endpoints.save(endpoints.value);
  };
  const found = (arn: string) => {
    const endpoint = endpoints.value[arn];
    if (endpoint === undefined) throw new AwsError("NotFound", "Endpoint does not exist", 404);
    return endpoint;
  };

  return {
    CreatePlatformEndpoint: ({ PlatformApplicationArn: application = "", Token = "", ...input }) => {
      if (!applicationArns.includes(application))
        throw new AwsError("NotFound", "PlatformApplication does not exist", 404);
      if (Token === "") throw new AwsError("InvalidParameter", "Invalid parameter: Token Reason: cannot be empty");
      const id = createHash("sha256").update(`${application} ${Token}`).digest("hex").slice(0, 32);
      const arn = `${application.replace(":app/", ":endpoint/")}/${id}`;
      const given = { CustomUserData: input["CustomUserData"] ?? "", ...attributes(input) };
      const known = Object.entries(endpoints.value).find(
        ([other, endpoint]) => other.startsWith(arn.slice(0, -id.length)) && endpoint.Token === Token,
      );
      if (known === undefined) put(arn, { Token, Enabled: "true", ...given });
      else if (!isDeepStrictEqual({ ...known[1], ...given }, known[1]))
        throw new AwsError(
          "InvalidParameter",
          `Invalid parameter: Token Reason: Endpoint ${known[0]} already exists with the same Token, but different attributes.`,
        );
      return { EndpointArn: known?.[0] ?? arn };
    },
    GetEndpointAttributes: ({ EndpointArn = "" }) => ({ Attributes: found(EndpointArn) }),
    SetEndpointAttributes: ({ EndpointArn = "", ...input }) => {
      put(EndpointArn, { ...found(EndpointArn), ...attributes(input) });
      return {};
    },
    DeleteEndpoint: ({ EndpointArn = "" }) => {
      put(EndpointArn, undefined);
      return {};
    },
    Publish: ({ TargetArn = "", Message = "", MessageStructure }) => {
      const { Enabled, Token } = found(TargetArn);
      if (Enabled !== "true") throw new AwsError("EndpointDisabled", "Endpoint is disabled");
      const service: string = TargetArn.split("/")[1] ?? "";
      const message: Readonly<Record<string, string>> =
        MessageStructure === "json" ? structured(Message) : { default: Message };
      const messageId = crypto.randomUUID();
      deliver({
        messageId,
        platform: service === "GCM" ? "FCM" : "APNS",
        token: Token,
        payload: message[service] === undefined ? message["default"] : JSON.parse(message[service]),
      });
      return { MessageId: messageId };
    },
  } satisfies Operations;
}

function structured(message: string): Readonly<Record<string, string>> {
  const invalid = (reason: string) =>
    new AwsError("InvalidParameter", `Invalid parameter: Message Structure - ${reason}`);
  try {
    const parsed = JSON.parse(message);
    if (typeof parsed.default === "string") return parsed;
  } catch {
    throw invalid("JSON message body failed to parse");
  }
  throw invalid("No default entry in JSON message body");
}

/** `Attributes.entry.1.key`, `Attributes.entry.1.value`, … */
function attributes(input: Readonly<Record<string, string>>) {
  const pairs: [string, string][] = [];
  for (let i = 1; input[`Attributes.entry.${i}.key`] !== undefined; i++)
    pairs.push([String(input[`Attributes.entry.${i}.key`]), String(input[`Attributes.entry.${i}.value`])]);
  return Object.fromEntries(pairs);
}
