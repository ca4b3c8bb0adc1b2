import { expect, test } from "vitest";
import { construct, type Json, one, templates } from "./templates.ts";

const table = (name: string) => one("FpxState", "AWS::DynamoDB::GlobalTable", name);
const kept = (name: string) =>
  Object.entries<Json>(templates.FpxState.Resources).find(([id]) => construct(id) === name)?.[1];

test("records and keys are recoverable, protected and kept", () => {
  for (const name of ["Records", "Keys"]) {
    expect(table(name).Replicas[0]).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    expect(kept(name).DeletionPolicy).toBe("Retain");
  }
});

test("records tells both images, forgets by deleteAt, and its indexes hold keys, kind and state", () => {
  const records = table("Records");
  expect(records).toMatchObject({
    StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" },
    TimeToLiveSpecification: { AttributeName: "deleteAt", Enabled: true },
    BillingMode: "PAY_PER_REQUEST",
  });
  expect(
    records.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }: Json) => [
      IndexName,
      ...KeySchema.map(({ AttributeName }: Json) => AttributeName),
      ...Projection.NonKeyAttributes,
    ]),
  ).toEqual([
    ["byPerson", "person", "sort", "kind", "state"],
    ["byParty", "party", "sort", "kind", "state"],
    ["due", "due", "dueAt", "kind", "state"],
  ]);
});

test("guards has no stream and forgets by deleteAt", () => {
  expect(table("Guards")).not.toHaveProperty("StreamSpecification");
  expect(table("Guards").TimeToLiveSpecification).toEqual({ AttributeName: "deleteAt", Enabled: true });
});

test("the data keys' key rotates and is kept", () => {
  const key = kept("DataKeys");
  expect([key.Properties.EnableKeyRotation, key.DeletionPolicy]).toEqual([true, "Retain"]);
});
