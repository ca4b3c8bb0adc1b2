import { type App, Validations } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { ApiStack } from "./api-stack.ts";

interface Acknowledgement {
  /** Path of the construct: what it holds may have the finding. */
  readonly at: string;
  readonly rules: readonly string[];
  readonly reason: string;
}

const pagesFunction = "FpxEdge/Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C";

/** Every finding of cdk-nag that stands, with its reason. Any other fails the synthesis. */
const acknowledgements = (api: ApiStack): readonly Acknowledgement[] => [
  {
    at: "FpxApi",
    rules: ["IAM5[Resource::*]"],
    reason: "X-Ray's actions and dynamodb:ListStreams take no resource; test/infra lists every statement.",
  },
  {
    at: "FpxApi",
    rules: api.applications.map(({ endpoints }) => `IAM5[Resource::${JSON.stringify(api.resolve(endpoints))}]`),
    reason: "SNS chooses the id of an endpoint; the platform application it belongs to is named.",
  },
  {
    at: "FpxApi/NotifyRole",
    rules: ["IAM5[Resource::<FailedEventsA83487DA.Arn>/*]"],
    reason: "Lambda chooses the key of a failed batch.",
  },
  {
    at: "FpxApi/Http",
    rules: ["APIG4"],
    reason: "The API is the authorization server: its functions authenticate clients, sessions and tokens per route.",
  },
  {
    at: "FpxApi/FailedEvents",
    rules: ["S1"],
    reason: "One role writes, the operator reads; CloudTrail data events are the operator's choice.",
  },
  { at: "FpxEdge/Site", rules: ["S1"], reason: "Public files only, read through CloudFront alone." },
  {
    at: "FpxEdge",
    rules: ["CFR1"],
    reason: "People travel: turning away countries would keep them from withdrawing a consent.",
  },
  {
    at: "FpxEdge",
    rules: ["CFR2"],
    reason: "The web ACL is the parameter WebAclArn: it costs more than the rest of an idle exchange.",
  },
  {
    at: "FpxEdge",
    rules: ["CFR3"],
    reason: "The API's access log has routes and outcomes; a log of addresses and queries would be about people.",
  },
  {
    at: "FpxEdge",
    rules: ["CFR4"],
    reason: "With CertificateArn it is TLSv1.2_2021, by an override cdk-nag does not see; else CloudFront decides.",
  },
  {
    at: pagesFunction,
    rules: [
      "L1",
      "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
      ...["GetObject*", "GetBucket*", "List*", "DeleteObject*", "Abort*"].map((action) => `IAM5[Action::s3:${action}]`),
      "IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]",
      "IAM5[Resource::<SiteE53D7754.Arn>/*]",
    ],
    reason: "CDK's own function copies the Wallet's pages into the site's bucket during a deployment.",
  },
];

export function acknowledge(app: App, api: ApiStack) {
  for (const { at, rules, reason } of acknowledgements(api)) {
    const construct = at.split("/").reduce<Construct>((parent, id) => parent.node.findChild(id) as Construct, app);
    Validations.of(construct).acknowledge(...rules.map((rule) => ({ id: `AwsSolutions-${rule}`, reason })));
  }
}
