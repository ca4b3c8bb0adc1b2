import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { functionNames, httpFunctions } from "../../lib/functions.ts";
import { construct, type Json, of, one, templates } from "./templates.ts";

const alarms = of("FpxApi", "AWS::CloudWatch::Alarm").map(([id, alarm]) => ({
  name: construct(id).replace(/Alarm$/, ""),
  alarm,
}));
const named = (name: string): Json => alarms.find((each) => each.name === name)?.alarm;
const metrics = (name: string): Json[] =>
  named(name).Metrics.flatMap(({ MetricStat }: Json) => (MetricStat ? [MetricStat] : []));
const expression = (name: string) => named(name).Metrics.find(({ Expression }: Json) => Expression).Expression;
const functionsOf = (name: string) =>
  metrics(name).map(({ Metric }) => construct(Metric.Dimensions[0].Value.Ref).toLowerCase());
const topic = { Ref: expect.stringMatching(/^AlarmTopic/) };

test("operations C11 every alarm says what it means, and names its section of docs/operator.md, which there is", () => {
  const section =
    readFileSync("docs/operator.md", "utf8").split("\n## When an alarm rings\n")[1]?.split("\n## ")[0] ?? "";
  const headings = [...section.matchAll(/^### (\w+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(alarms.map(({ name }) => name));
  for (const { name, alarm } of alarms)
    expect(alarm.AlarmDescription).toMatch(
      new RegExp(`^\\S.{40,} What to do: docs/operator.md, "When an alarm rings", ${name}\\.$`),
    );
});

test("operations C11 every alarm rings one topic, and says there when it is over; silence is no alarm", () => {
  expect(alarms.length).toBeGreaterThan(0);
  for (const { alarm } of alarms)
    expect(alarm).toMatchObject({
      AlarmActions: [topic],
      OKActions: [topic],
      TreatMissingData: "notBreaching",
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      EvaluationPeriods: 1,
    });
});

test("the topic of the alarms takes from CloudWatch of this account alone, by TLS, and writes to whom AlarmEmail names", () => {
  const policy = of("FpxApi", "AWS::SNS::TopicPolicy").find(
    ([, { Topics }]) => construct(Topics[0].Ref) === "AlarmTopic",
  );
  const [allowed, denied, ...more] = [...(policy?.[1].PolicyDocument.Statement ?? [])].toSorted((one: Json) =>
    one.Effect === "Allow" ? -1 : 1,
  );
  expect(allowed).toMatchObject({
    Action: "sns:Publish",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
  });
  expect(denied).toMatchObject({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } });
  expect(more).toEqual([]);
  const [id, mail] = of("FpxApi", "AWS::SNS::Subscription").find(([, { Protocol }]) => Protocol === "email") ?? [];
  expect(mail).toEqual({ Protocol: "email", Endpoint: { Ref: "AlarmEmail" }, TopicArn: topic });
  expect(templates.FpxApi.Resources[String(id)].Condition).toBe("HasAlarmEmail");
});

test.each([
  ["ApiFaults", 3600, 1.44],
  ["ApiFaultsSlow", 21_600, 0.6],
])(
  "REL-01 %s rings when the budget of 99.9 percent burns, and not for a handful of faults",
  (name, Period, Threshold) => {
    expect(named(name).Threshold).toBe(Threshold);
    expect(expression(name)).toBe("IF(faults >= 5, 100 * faults / requests, 0)");
    expect(metrics(name)).toEqual([
      expect.objectContaining({ Metric: expect.objectContaining({ MetricName: "5xx" }), Period, Stat: "Sum" }),
      expect.objectContaining({ Metric: expect.objectContaining({ MetricName: "Count" }), Period, Stat: "Sum" }),
    ]);
  },
);

test("operations C11 every function's errors are in one alarm: the API's in one, the others' in another", () => {
  expect(functionsOf("HttpErrors")).toEqual(httpFunctions);
  expect([...httpFunctions, ...functionsOf("BackgroundErrors")].toSorted()).toEqual(functionNames.toSorted());
  for (const name of ["HttpErrors", "BackgroundErrors"])
    for (const { Metric } of metrics(name))
      expect(Metric).toMatchObject({ Namespace: "AWS/Lambda", MetricName: "Errors" });
  expect(named("Throttles")).toMatchObject({ Namespace: "AWS/Lambda", MetricName: "Throttles", Statistic: "Sum" });
  expect(named("Throttles")).not.toHaveProperty("Dimensions");
});

test("operations C4 a stream that waits five minutes rings, and so does whatever was given up", () => {
  expect(named("StreamAge")).toMatchObject({
    MetricName: "IteratorAge",
    Statistic: "Maximum",
    Threshold: 300_000,
    Dimensions: [{ Name: "FunctionName", Value: { Ref: expect.stringMatching(/^Notify/) } }],
  });
  const [id, mapping] =
    of("FpxApi", "AWS::Lambda::EventSourceMapping").find(
      ([, { FunctionName }]) => construct(FunctionName.Ref) === "Notify",
    ) ?? [];
  expect(mapping.MetricsConfig).toEqual({ Metrics: ["EventCount"] });
  expect(named("FailedEvents").Threshold).toBe(1);
  for (const [at, MetricName] of ["OnFailureDestinationDeliveredEventCount", "DroppedEventCount"].entries())
    expect(metrics("FailedEvents")[at].Metric).toEqual({
      Namespace: "AWS/Lambda",
      MetricName,
      Dimensions: [{ Name: "EventSourceMappingUUID", Value: { Ref: id } }],
    });
  expect(named("FailedDeliveries")).toMatchObject({
    MetricName: "ApproximateNumberOfMessagesVisible",
    Threshold: 1,
    Dimensions: [{ Value: { "Fn::GetAtt": [expect.stringMatching(/^FailedDeliveries/), "QueueName"] } }],
  });
});

test("the dashboard shows every alarm", () => {
  const body = JSON.stringify(one("FpxApi", "AWS::CloudWatch::Dashboard", "Dashboard").DashboardBody);
  for (const { name } of alarms) expect(body).toContain(`\\"title\\":\\"${name}\\"`);
});
