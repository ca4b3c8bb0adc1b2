import { InvokeCommand, LambdaClient, type LambdaClientConfig } from "@aws-sdk/client-lambda";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import * as v from "valibot";

/** Where Lambda puts what the stream could not deliver, and the function that takes it again (outputs of the stack FpxApi). */
export interface FailedEventsPlace {
  readonly bucket: string;
  readonly function: string;
  /** Absent: region and credentials as the AWS command line finds them. */
  readonly aws?: S3ClientConfig & LambdaClientConfig;
}

const Attribute = v.optional(v.looseObject({ S: v.optional(v.string()) }));
const StreamEvent = v.looseObject({
  Records: v.array(
    v.looseObject({
      dynamodb: v.looseObject({ NewImage: v.optional(v.looseObject({ kind: Attribute, state: Attribute })) }),
    }),
  ),
});

/** An invocation record of Lambda's S3 on-failure destination: only there with the whole event, as JSON in `payload`. */
const InvocationRecord = v.looseObject({
  timestamp: v.string(),
  requestContext: v.looseObject({ condition: v.string(), approximateInvokeCount: v.number() }),
  payload: v.union([v.pipe(v.string(), v.parseJson(), StreamEvent), StreamEvent]),
});

export interface FailedEvent {
  readonly key: string;
  readonly at: string;
  readonly condition: string;
  readonly attempts: number;
  /** What happened to each record: its kind and new state. Whose it is stays in the bucket. */
  readonly records: readonly string[];
}

/** Oldest first. */
export async function failedEvents(place: FailedEventsPlace): Promise<readonly FailedEvent[]> {
  const s3 = new S3Client(place.aws ?? {});
  const all: FailedEvent[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: place.bucket }))
    for (const { Key = "" } of Contents) all.push(told(Key, await read(s3, place.bucket, Key)));
  return all.toSorted((one, other) => (one.at < other.at ? -1 : 1));
}

/** Invokes the function with the event as it was, and forgets it only when every record was taken. @returns why it stays. */
export async function redriven(place: FailedEventsPlace, key: string): Promise<"taken" | { readonly stays: string }> {
  const s3 = new S3Client(place.aws ?? {});
  const record = await read(s3, place.bucket, key);
  if (record === undefined) return { stays: FOREIGN };
  const invoked = await new LambdaClient(place.aws ?? {}).send(
    new InvokeCommand({ FunctionName: place.function, Payload: Buffer.from(JSON.stringify(record.payload)) }),
  );
  if (invoked.FunctionError !== undefined) return { stays: `the function failed (${invoked.FunctionError})` };
  const answer = v.safeParse(Answer, invoked.Payload?.transformToString());
  if (!answer.success) return { stays: "the function does not answer like one that takes a stream" };
  const failures = answer.output.batchItemFailures.length;
  if (failures > 0) return { stays: "the function could not take every record" };
  await s3.send(new DeleteObjectCommand({ Bucket: place.bucket, Key: key }));
  return "taken";
}

const Answer = v.pipe(v.string(), v.parseJson(), v.looseObject({ batchItemFailures: v.array(v.unknown()) }));

type InvocationRecord = v.InferOutput<typeof InvocationRecord>;

const FOREIGN = "it is no invocation record of Lambda";

async function read(s3: S3Client, Bucket: string, Key: string): Promise<InvocationRecord | undefined> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const text = (await Body?.transformToString()) ?? "";
  const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), InvocationRecord), text);
  return success ? output : undefined;
}

function told(key: string, record: InvocationRecord | undefined): FailedEvent {
  if (record === undefined) return { key, at: "", condition: FOREIGN, attempts: 0, records: [] };
  const { timestamp, requestContext, payload } = record;
  return {
    key,
    at: timestamp,
    condition: requestContext.condition,
    attempts: requestContext.approximateInvokeCount,
    records: payload.Records.map(({ dynamodb }) =>
      [dynamodb.NewImage?.kind?.S ?? "record", dynamodb.NewImage?.state?.S].filter(Boolean).join(" "),
    ),
  };
}
