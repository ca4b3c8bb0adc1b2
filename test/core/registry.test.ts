import { expect, test } from "vitest";
import { memoryRecords } from "../../adapters/memory/records.ts";
import { registry } from "../../core/registry.ts";

const purpose = { purpose: "immunization-calendar", texts: { en: { text: "To show which boosters are due." } } };

test("what is not there at a glance is looked for strongly, and then kept", async () => {
  const records = memoryRecords();
  await records.purposes.insert(purpose.purpose, purpose);
  const reads: string[] = [];
  const late = {
    ...records.purposes,
    glance: async () => void reads.push("glance"),
    find: (id: string) => {
      reads.push("find");
      return records.purposes.find(id);
    },
  };
  const { purpose: named } = registry({ ...records, purposes: late as never }, () => 1_000);
  expect(await named(purpose.purpose)).toEqual(purpose);
  expect(await named(purpose.purpose)).toEqual(purpose);
  expect(reads).toEqual(["glance", "find"]);
});

test("what is there at a glance is read once in two seconds", async () => {
  const records = memoryRecords();
  let [nowMs, glances] = [1_000, 0];
  await records.purposes.insert(purpose.purpose, purpose);
  const counted = {
    ...records.purposes,
    glance: (id: string) => {
      glances++;
      return records.purposes.glance(id);
    },
    find: () => Promise.reject(new Error("read strongly")),
  };
  const { purpose: named } = registry({ ...records, purposes: counted }, () => nowMs);
  for (nowMs of [1_000, 2_999, 3_000]) expect(await named(purpose.purpose)).toEqual(purpose);
  expect(glances).toBe(2);
});
