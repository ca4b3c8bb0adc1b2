import {
  CreatePlatformEndpointCommand,
  GetEndpointAttributesCommand,
  InvalidParameterException,
  NotFoundException,
  SetEndpointAttributesCommand,
  type SNSClient,
} from "@aws-sdk/client-sns";
import { OAuthError } from "../../core/oauth-error.ts";
import type { PushEndpoints } from "../../core/wallet/wallet.ts";

export type PlatformApplications = Readonly<Record<"APNS" | "FCM", string>>;

/** The registration routine of the SNS documentation: create, look, mend; run at every start of the app (UX-56). */
export function snsPushEndpoints(sns: SNSClient, applications: PlatformApplications): PushEndpoints {
  const create = async (PlatformApplicationArn: string, Token: string): Promise<string> => {
    try {
      const { EndpointArn } = await sns.send(new CreatePlatformEndpointCommand({ PlatformApplicationArn, Token }));
      if (EndpointArn === undefined) throw new Error("SNS returned no endpoint");
      return EndpointArn;
    } catch (error) {
      // The only place where SNS names the endpoint it already has is this message.
      const arn = /Endpoint (arn:\S+) already exists/.exec((error as Error).message)?.[1];
      if (error instanceof InvalidParameterException && arn !== undefined) return arn;
      throw error;
    }
  };

  const isInOrder = async (EndpointArn: string, token: string): Promise<boolean | "gone"> => {
    try {
      const { Attributes = {} } = await sns.send(new GetEndpointAttributesCommand({ EndpointArn }));
      return Attributes["Token"] === token && Attributes["Enabled"]?.toLowerCase() === "true";
    } catch (error) {
      if (error instanceof NotFoundException) return "gone";
      throw error;
    }
  };

  return {
    async register(platform, token) {
      const application = applications[platform];
      if (application === "") throw new OAuthError("unprocessable", `no SNS platform application for ${platform}`);
      const found = await create(application, token);
      const state = await isInOrder(found, token);
      if (state === true) return found;
      const arn = state === "gone" ? await create(application, token) : found;
      await sns.send(
        new SetEndpointAttributesCommand({ EndpointArn: arn, Attributes: { Token: token, Enabled: "true" } }),
      );
      return arn;
    },
  };
}
