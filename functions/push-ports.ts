import { SNSClient } from "@aws-sdk/client-sns";
import { snsPhoneEndpoints } from "../adapters/sns/phone-endpoints.ts";
import { snsPushEndpoints } from "../adapters/sns/push-endpoints.ts";
import { snsPushSender } from "../adapters/sns/push-sender.ts";
import type { PhoneEndpoints } from "../core/phone-endpoint.ts";
import type { PushSender } from "../core/phone-push.ts";
import type { PushEndpoints } from "../core/wallet/wallet.ts";
import { awsClient, type Environment, nowMs } from "./ports.ts";

export function pushEndpoints(environment: Environment): PushEndpoints {
  const { APNS_APPLICATION_ARN = "", FCM_APPLICATION_ARN = "" } = environment;
  return snsPushEndpoints(new SNSClient(awsClient), { APNS: APNS_APPLICATION_ARN, FCM: FCM_APPLICATION_ARN });
}

export function phoneEndpoints(environment: Environment): PhoneEndpoints {
  const { APNS_APPLICATION_ARN = "", FCM_APPLICATION_ARN = "" } = environment;
  const applications = [APNS_APPLICATION_ARN, FCM_APPLICATION_ARN].filter((arn) => arn !== "");
  return snsPhoneEndpoints(new SNSClient(awsClient), applications);
}

export function pushSender(): PushSender {
  return snsPushSender(new SNSClient(awsClient), nowMs);
}
