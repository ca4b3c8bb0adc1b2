import {
  CreatePlatformEndpointCommand,
  EndpointDisabledException,
  GetEndpointAttributesCommand,
  InvalidParameterException,
  NotFoundException,
  PublishCommand,
  SetEndpointAttributesCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, test } from "vitest";
import { snsPushEndpoints } from "../../adapters/sns/push-endpoints.ts";
import { snsPushSender } from "../../adapters/sns/push-sender.ts";

const sns = mockClient(SNSClient);
beforeEach(() => {
  sns.reset();
});
const client = new SNSClient({ region: "us-east-1" });
const arn = "arn:aws:sns:us-east-1:000000000000:endpoint/GCM/navigator/1";
const endpoints = snsPushEndpoints(client, { APNS: "", FCM: "app/GCM" });
const failed = (message = "") => ({ message, $metadata: {} });

describe("UX-56 the registration routine of the SNS documentation", () => {
  test("a new endpoint that is in order is left alone", async () => {
    sns
      .on(CreatePlatformEndpointCommand)
      .resolves({ EndpointArn: arn })
      .on(GetEndpointAttributesCommand)
      .resolves({ Attributes: { Token: "t", Enabled: "true" } });
    expect(await endpoints.register("FCM", "t")).toBe(arn);
    expect(sns.commandCalls(SetEndpointAttributesCommand)).toHaveLength(0);
  });
  test("one that exists with other attributes is found by the message, and mended", async () => {
    const message = `Invalid parameter: Token Reason: Endpoint ${arn} already exists with the same Token, but different attributes.`;
    sns.on(CreatePlatformEndpointCommand).rejects(new InvalidParameterException(failed(message)));
    sns
      .on(GetEndpointAttributesCommand)
      .resolves({ Attributes: { Token: "t", Enabled: "false" } })
      .on(SetEndpointAttributesCommand)
      .resolves({});
    expect(await endpoints.register("FCM", "t")).toBe(arn);
    expect(sns.commandCalls(SetEndpointAttributesCommand)[0]?.args[0].input).toEqual({
      EndpointArn: arn,
      Attributes: { Token: "t", Enabled: "true" },
    });
  });
  test("one that went meanwhile is made again", async () => {
    sns
      .on(CreatePlatformEndpointCommand)
      .resolvesOnce({ EndpointArn: arn })
      .resolves({ EndpointArn: `${arn}2` });
    sns
      .on(GetEndpointAttributesCommand)
      .rejects(new NotFoundException(failed()))
      .on(SetEndpointAttributesCommand)
      .resolves({});
    expect(await endpoints.register("FCM", "t")).toBe(`${arn}2`);
  });
  test("a platform this deployment has no application for is refused, another mistake is an error", async () => {
    await expect(endpoints.register("APNS", "t")).rejects.toMatchObject({ code: "unprocessable" });
    sns.on(CreatePlatformEndpointCommand).rejects(new InvalidParameterException(failed("Token is too long")));
    await expect(endpoints.register("FCM", "t")).rejects.toThrow("Token is too long");
  });
});

describe("Sending", () => {
  const sender = snsPushSender(client, () => 1_000_000);
  const data = { v: 1, id: "note_r1x", t: "r", exp: 1_900 } as const;
  test("N-77 our data is {v, id, t, exp}; the envelope is the platform's, with one constant alert", async () => {
    sns.on(PublishCommand).resolves({ MessageId: "m" });
    expect(await sender.send(arn, "FCM", data)).toBe("sent");
    const { input } = sns.commandCalls(PublishCommand)[0]?.args[0] ?? {};
    expect(JSON.parse(JSON.parse(input?.Message ?? "").GCM)).toEqual({
      fcmV1Message: {
        message: {
          data: { v: "1", id: "note_r1x", t: "r", exp: "1900" },
          android: { priority: "HIGH", ttl: "900s", notification: { body_loc_key: "push_request" } },
        },
      },
    });
    expect(input).toMatchObject({
      TargetArn: arn,
      MessageStructure: "json",
      MessageAttributes: { "AWS.SNS.MOBILE.FCM.TTL": { StringValue: "900" } },
    });
  });
  test("design §6 a device that is gone is not a failed record; an outage is", async () => {
    for (const gone of [new NotFoundException(failed()), new EndpointDisabledException(failed())]) {
      sns.on(PublishCommand).rejects(gone);
      expect(await sender.send(arn, "APNS", data)).toBe("gone");
    }
    sns.on(PublishCommand).rejects(new Error("out"));
    await expect(sender.send(arn, "APNS", data)).rejects.toThrow("out");
  });
});
