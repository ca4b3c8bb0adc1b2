import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Json } from "./assembly.ts";
import type { Operations } from "./aws-endpoint.ts";
import { AwsError } from "./aws-error.ts";
import { mapIn } from "./aws-query.ts";
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
  /** What SNS makes headers of for the platform: `AWS.SNS.MOBILE.…`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What SNS tells of an endpoint, as its documentation writes it. */
export interface EndpointEvent {
  readonly EventType: "EndpointDeleted" | "DeliveryFailure";
  readonly EndpointArn: string;
  readonly Resource: string;
  readonly Service: "SNS";
  readonly FailureType?: string;
}

export interface LocalSnsOptions {
  readonly file: string;
  readonly applicationArns: readonly string[];
  /** Brings it to the device; `unregistered` is a token that its platform does not know any more. */
  readonly deliver: (push: Push) => unknown;
  readonly tell?: (event: EndpointEvent) => void;
}

/** SNS mobile push: endpoints of given platform applications, what is published to them, and events about them. */
export function localSns({ file, applicationArns, deliver, tell = () => {} }: LocalSnsOptions) {
  const endpoints = saved<Record<string, Endpoint>>(file, {});
  const put = (arn: string, endpoint: Endpoint | undefined) => {
    if (endpoint === undefined) delete endpoints.value[arn];
    else endpoints.value[arn] = endpoint;
    endpoints.save(endpoints.value);
  };
  const told = (EventType: EndpointEvent["EventType"], EndpointArn: string, FailureType?: string) => {
    const Resource = EndpointArn.replace(":endpoint/", ":app/").replace(/\/[^/]+$/, "");
    tell({ EventType, EndpointArn, Resource, Service: "SNS", ...(FailureType !== undefined && { FailureType }) });
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
      const given = { CustomUserData: input["CustomUserData"] ?? "", ...mapIn(input, "Attributes", "key", "value") };
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
      put(EndpointArn, { ...found(EndpointArn), ...mapIn(input, "Attributes", "key", "value") });
      return {};
    },
    DeleteEndpoint: ({ EndpointArn = "" }) => {
      const known = endpoints.value[EndpointArn] !== undefined;
      put(EndpointArn, undefined);
      if (known) told("EndpointDeleted", EndpointArn);
      return {};
    },
    /** A page at a time, as many as SNS gives at most. */
    ListEndpointsByPlatformApplication: ({ PlatformApplicationArn = "", NextToken = "0" }) => {
      const prefix = `${PlatformApplicationArn.replace(":app/", ":endpoint/")}/`;
      const of = Object.entries(endpoints.value).filter(([arn]) => arn.startsWith(prefix));
      const next = Number(NextToken) + 100;
      return {
        Endpoints: of.slice(next - 100, next).map(([EndpointArn, Attributes]) => ({ EndpointArn, Attributes })),
        ...(next < of.length && { NextToken: String(next) }),
      };
    },
    Publish: ({ TargetArn = "", Message = "", MessageStructure, ...input }) => {
      const { Enabled, Token } = found(TargetArn);
      if (Enabled !== "true") throw new AwsError("EndpointDisabled", "Endpoint is disabled");
      const service: string = TargetArn.split("/")[1] ?? "";
      const message: Readonly<Record<string, string>> =
        MessageStructure === "json" ? structured(Message) : { default: Message };
      const messageId = crypto.randomUUID();
      const brought = deliver({
        messageId,
        platform: service === "GCM" ? "FCM" : "APNS",
        token: Token,
        payload: message[service] === undefined ? message["default"] : JSON.parse(message[service]),
        attributes: mapIn(input, "MessageAttributes", "Name", "Value.StringValue"),
      });
      if (brought === "unregistered") {
        put(TargetArn, { ...found(TargetArn), Enabled: "false" });
        told("DeliveryFailure", TargetArn, "InvalidPlatformToken");
      }
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
