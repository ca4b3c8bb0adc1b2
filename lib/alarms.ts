import { Aws, CfnOutput, type Stack } from "aws-cdk-lib";
import { Alarm, AlarmWidget, ComparisonOperator, Dashboard, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSubscription, Topic } from "aws-cdk-lib/aws-sns";
import { isGiven } from "./parameters.ts";
import { type Watched, watches } from "./watches.ts";

/** The alarms, the one topic they all ring, and a dashboard that shows each against its line (operations C11, REL-01). */
export function alarms(scope: Stack, watched: Watched, email: string) {
  const topic = new Topic(scope, "AlarmTopic", { enforceSSL: true });
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
  );
  const mail = { topicArn: topic.topicArn, protocol: "email", endpoint: email };
  new CfnSubscription(scope, "AlarmMail", mail).cfnOptions.condition = isGiven(scope, "HasAlarmEmail", email);

  const action = new SnsAction(topic);
  const made = Object.entries(watches(watched)).map(([name, { means, metric, from }]) => {
    const alarm = new Alarm(scope, `${name}Alarm`, {
      alarmDescription: `${means} What to do: docs/operator.md, "When an alarm rings", ${name}.`,
      metric,
      threshold: from,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return new AlarmWidget({ title: name, alarm });
  });
  new Dashboard(scope, "Dashboard", { widgets: [made] });
  new CfnOutput(scope, "AlarmTopicArn", { value: topic.topicArn });
}
