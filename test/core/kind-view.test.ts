import { expect, test } from "vitest";
import { memoryRecords } from "../../adapters/memory/records.ts";
import { registry } from "../../core/registry.ts";
import { approved, requested } from "../../core/transitions.ts";
import { kindView } from "../../core/wallet/consents.ts";

const type = "https://fpx.example/definitions/immunization-history";
const asked = (purpose: string) => ({
  type,
  actions: ["read"],
  optional_actions: ["subscribe"],
  purpose,
  duration: "P90D",
  locations: [],
});
const granted = (purpose: string, actions: readonly string[]) => ({ type, actions, purpose, resourceIds: ["r"] });

test("UX-14 one kind asked for two purposes: each is shown with what was allowed for it", async () => {
  const details = [asked("calendar"), asked("research")];
  const waiting = requested({
    personId: "june",
    clientId: "client_a",
    requestId: "r",
    door: "backchannel",
    terms: { details },
    scope: [],
    createdAt: 100,
    expiresAt: 1_000,
  });
  const source = {
    linkId: "link",
    linkGeneration: 1,
    resourceServerId: "rs_a",
    location: "https://registry.test",
    handle: "consent_a",
    sub: "sub",
    grants: [granted("calendar", ["read", "subscribe"]), granted("research", ["read"])],
  };
  const consent = approved(waiting, {
    sources: [source],
    endsAt: 5_000,
    decidedAt: 200,
    noticeHash: "n",
    evidenceHash: "e",
    decisionId: "d",
  });
  const records = memoryRecords();
  const as = { records, registry: registry(records, () => 300_000) };
  const shown = await Promise.all(details.map((detail) => kindView(as, consent, detail, "en")));
  expect(shown.map(({ purpose, actions }) => [purpose, actions])).toEqual([
    ["calendar", ["read", "subscribe"]],
    ["research", ["read"]],
  ]);
});
