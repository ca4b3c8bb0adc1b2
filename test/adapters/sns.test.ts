import {
  CreatePlatformEndpointCommand,
  EndpointDisabledException,
  GetEndpointAttributesCommand,
  InvalidParameterException,
  ListEndpointsByPlatformApplicationCommand,
  NotFoundException,
  PublishCommand,
  SetEndpointAttributesCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, test } from "vitest";
import { snsPhoneEndpoints } from "../../adapters/sns/phone-endpoints.ts";
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

describe("UX-57 the endpoints SNS keeps", () => {
  const kept = snsPhoneEndpoints(client, ["app/APNS", "app/GCM"]);
  test("are enabled, disabled or gone", async () => {
    for (const [Enabled, state] of [
      ["true", "enabled"],
      ["false", "disabled"],
    ] as const) {
      sns.on(GetEndpointAttributesCommand).resolves({ Attributes: { Enabled } });
      expect(await kept.state(arn)).toBe(state);
    }
    sns.on(GetEndpointAttributesCommand).rejects(new NotFoundException(failed()));
    expect(await kept.state(arn)).toBe("gone");
    sns.on(GetEndpointAttributesCommand).rejects(new Error("out"));
    await expect(kept.state(arn)).rejects.toThrow("out");
  });
  test("are listed, page by page, of every application", async () => {
    const list = (PlatformApplicationArn: string, NextToken?: string) =>
      sns.on(ListEndpointsByPlatformApplicationCommand, {
        PlatformApplicationArn,
        ...(NextToken !== undefined && { NextToken }),
      });
    list("app/APNS").resolves({ Endpoints: [] });
    list("app/GCM").resolves({ Endpoints: [{ EndpointArn: "1", Attributes: { Enabled: "true" } }], NextToken: "n" });
    list("app/GCM", "n").resolves({ Endpoints: [{ EndpointArn: "2", Attributes: { Enabled: "false" } }] });
    const pages = await Array.fromAsync(kept.pages());
    expect(pages.flat()).toEqual([
      { endpointArn: "1", enabled: true },
      { endpointArn: "2", enabled: false },
    ]);
  });
});

describe("Sending", () => {
  const sender = snsPushSender(client, () => 1_000_000);
  const data = { v: 1, id: "note_r1x", t: "r", exp: 1_900 } as const;
  const published = async (platform: "APNS" | "FCM", t: "r" | "c" | "n") => {
    sns.reset();
    sns.on(PublishCommand).resolves({ MessageId: "m" });
    expect(await sender.send(arn, platform, { ...data, t }, "as-one")).toBe("sent");
    const { input } = sns.commandCalls(PublishCommand)[0]?.args[0] ?? {};
    const { default: _, ...message } = JSON.parse(input?.Message ?? "");
    const values = Object.entries(input?.MessageAttributes ?? {}).map(([name, value]) => [name, value.StringValue]);
    expect(input).toMatchObject({ TargetArn: arn, MessageStructure: "json" });
    return { message, attributes: Object.fromEntries(values) };
  };
  const fcm = async (t: "r" | "c" | "n") => {
    const { message, attributes } = await published("FCM", t);
    expect(attributes).toEqual({ "AWS.SNS.MOBILE.FCM.TTL": "900" });
    expect(Object.keys(message)).toEqual(["GCM"]);
    return JSON.parse(message.GCM).fcmV1Message.message;
  };
  const apns = async (t: "r" | "c" | "n") => {
    const { message, attributes } = await published("APNS", t);
    expect(message.APNS_SANDBOX).toBe(message.APNS);
    expect(attributes).toMatchObject({ "AWS.SNS.MOBILE.APNS.TTL": "900", "AWS.SNS.MOBILE.APNS.COLLAPSE_ID": "as-one" });
    const how = ["PUSH_TYPE", "PRIORITY"].map((name) => attributes[`AWS.SNS.MOBILE.APNS.${name}`]);
    return [JSON.parse(message.APNS), ...how];
  };

  test("N-77 UX-52 FCM: our data is {v, id, t, exp}; the envelope has one constant alert a kind, and the push's own collapse key", async () => {
    const rest = { collapse_key: "as-one", ttl: "900s" };
    const strings = { v: "1", id: "note_r1x", exp: "1900" };
    const shown = (body_loc_key: string) => ({ notification: { body_loc_key, tag: "as-one" } });
    expect(await fcm("r")).toEqual({
      data: { ...strings, t: "r" },
      android: { ...rest, priority: "HIGH", ...shown("push_request") },
    });
    expect(await fcm("n")).toEqual({
      data: { ...strings, t: "n" },
      android: { ...rest, priority: "NORMAL", ...shown("push_look") },
    });
    expect(await fcm("c")).toEqual({ data: { ...strings, t: "c" }, android: { ...rest, priority: "NORMAL" } });
  });
  test("N-77 UX-60 APNs: the same; what clears another is a background push, which Apple wants at priority 5", async () => {
    const alert = (key: string) => ({ alert: { "loc-key": key }, sound: "default" });
    expect(await apns("r")).toEqual([{ aps: alert("push_request"), fpx: data }, "alert", "10"]);
    expect(await apns("n")).toEqual([{ aps: alert("push_look"), fpx: { ...data, t: "n" } }, "alert", "10"]);
    expect(await apns("c")).toEqual([{ aps: { "content-available": 1 }, fpx: { ...data, t: "c" } }, "background", "5"]);
  });
  test("design §6 a device that is gone is not a failed record; an outage is", async () => {
    for (const gone of [new NotFoundException(failed()), new EndpointDisabledException(failed())]) {
      sns.on(PublishCommand).rejects(gone);
      expect(await sender.send(arn, "APNS", data, "as-one")).toBe("gone");
    }
    sns.on(PublishCommand).rejects(new Error("out"));
    await expect(sender.send(arn, "APNS", data, "as-one")).rejects.toThrow("out");
  });
});
