import { readFileSync } from "node:fs";
import * as v from "valibot";
import { expect, test } from "vitest";
import { entrySchemas, type Kind } from "../../sdk/operator/entries.ts";

const manual = readFileSync("docs/operator.md", "utf8");

const headings: Readonly<Record<string, Kind>> = {
  "Definitions: kinds of data": "definitions",
  "Purposes: why an app may ask": "purposes",
  "Capability Tickets: a set by its name": "capability-tickets",
  "Clients: apps that ask": "clients",
  "Resource Servers: places that hold data": "resource-servers",
  "Statement issuers: whose word counts at registration": "statement-issuers",
  "Trust anchors: whose certificates count": "trust-anchors",
  "Initial access tokens: letting parties register themselves": "initial-access-tokens",
};

test.each(Object.entries(headings))(
  "docs/operator.md the file shown under “%s” is one that `add` takes",
  (heading, kind) => {
    const section = manual.split("\n## ").find((part) => part.startsWith(heading)) ?? "";
    const example = /```json\n(.*?)```/s.exec(section)?.[1] ?? "";
    const { issues } = v.safeParse(entrySchemas[kind], JSON.parse(example));
    expect(issues).toBeUndefined();
  },
);
