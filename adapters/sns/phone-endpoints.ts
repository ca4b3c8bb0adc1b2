import {
  DeleteEndpointCommand,
  GetEndpointAttributesCommand,
  NotFoundException,
  paginateListEndpointsByPlatformApplication,
  type SNSClient,
} from "@aws-sdk/client-sns";
import type { PhoneEndpoints } from "../../core/phone-endpoint.ts";

/** The endpoints of given platform applications. */
export function snsPhoneEndpoints(sns: SNSClient, applications: readonly string[]): PhoneEndpoints {
  return {
    async state(EndpointArn) {
      try {
        const { Attributes = {} } = await sns.send(new GetEndpointAttributesCommand({ EndpointArn }));
        return isEnabled(Attributes) ? "enabled" : "disabled";
      } catch (error) {
        if (error instanceof NotFoundException) return "gone";
        throw error;
      }
    },
    async remove(EndpointArn) {
      await sns.send(new DeleteEndpointCommand({ EndpointArn }));
    },
    async *pages() {
      for (const PlatformApplicationArn of applications)
        for await (const { Endpoints = [] } of paginateListEndpointsByPlatformApplication(
          { client: sns },
          { PlatformApplicationArn },
        ))
          yield Endpoints.flatMap(({ EndpointArn, Attributes = {} }) =>
            EndpointArn === undefined ? [] : [{ endpointArn: EndpointArn, enabled: isEnabled(Attributes) }],
          );
    },
  };
}

const isEnabled = ({ Enabled = "" }: Readonly<Record<string, string>>) => Enabled.toLowerCase() === "true";
