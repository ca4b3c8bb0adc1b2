import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Consent, ConsentSource } from "../../core/consent.ts";
import { partOf } from "../../core/share.ts";
import { assessed } from "../../core/uma/assessment.ts";
import type { AskedPermission, AuthorizationProcess } from "../../core/uma/authorization-process.ts";
import { permissionsOf } from "../../core/uma/permissions.ts";
import { requestedPermissions, within } from "../../core/uma/requested-permissions.ts";
import { personParty, type RequestingParty } from "../../core/uma/requesting-party.ts";
import { unionOf } from "../../core/uma/upgrade.ts";
import type { Permission } from "../../protocol/uma.ts";

const type = "https://fpx.example/definitions/immunization-history";
const ids = ["a", "b", "c", "d"];
const actions = ["read", "subscribe", "print"];
const time = 1_000;

const scopes = fc.uniqueArray(fc.constantFrom(...actions), { minLength: 1 });
const permission = fc.record({ resource_id: fc.constantFrom(...ids), resource_scopes: scopes });
const permissions = fc.uniqueArray(permission, { selector: ({ resource_id }) => resource_id, minLength: 1 });
const grant = fc.record({
  type: fc.constant(type),
  purpose: fc.constant("care"),
  actions: scopes,
  resourceIds: fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1 }),
});
const source: fc.Arbitrary<ConsentSource> = fc.record({
  linkId: fc.constant("link"),
  linkGeneration: fc.constantFrom(1, 2),
  resourceServerId: fc.constant("rs"),
  location: fc.constant("https://rs.test"),
  handle: fc.constant("handle"),
  sub: fc.constant("sub"),
  grants: fc.array(grant, { minLength: 1, maxLength: 3 }),
});
const party = fc.constantFrom("owner", "bob", "carlos");
const consent = fc.record({
  state: fc.constantFrom<Consent["state"]>("requested", "declined", "active", "paused", "ended"),
  personId: fc.constantFrom("owner", "bob"),
  clientId: fc.constantFrom("app", "other"),
  who: party,
  endsAt: fc.constantFrom(500, 2_000),
  sources: fc.array(source, { maxLength: 1 }),
});
const consents = fc.array(consent, { maxLength: 4 });

const by = (personId: string): RequestingParty => ({ id: personParty(personId), name: personId, by: "pct", at: 0 });
const record = ({ who, ...decided }: { who: string; personId: string } & object): Consent =>
  ({
    ...decided,
    requestId: "r",
    door: "ticket",
    terms: { details: [] },
    scope: [],
    createdAt: 0,
    expiresAt: 2_000,
    version: 1,
    generation: 1,
    refreshTokens: [],
    transitions: [],
    requestingParty: by(who),
  }) as unknown as Consent;
const flow: AuthorizationProcess = {
  state: "open",
  resourceServerId: "rs",
  linkId: "link",
  linkGeneration: 1,
  ownerId: "owner",
  clientId: "app",
  permissions: [],
  spent: [],
  createdAt: 0,
  expiresAt: 9_000,
};
const asked = (list: readonly Permission[]): AskedPermission[] =>
  list.map((one) => ({ ...one, type, available: actions }));

describe("UMA Grant §3.3.4 assessment", () => {
  test("granted ⊆ requested ∩ allowed: only by a consent of the owner, in force, for this Client and this requesting party, that holds it all", () => {
    fc.assert(
      fc.property(permissions, consents, party, (wanted, made, who) => {
        const found = made.map((one, n) => ({ id: String(n), consent: record(one) }));
        const outcome = assessed(flow, by(who), asked(wanted), found, time);
        if (outcome.outcome !== "granted") return true;
        const chosen = found[Number(outcome.consentId)]?.consent as Consent;
        const [held] = chosen.sources as [ConsentSource];
        const part = partOf(
          held,
          held.grants.map((one) => one.actions),
          wanted,
        );
        const granted = permissionsOf(part.left);
        return (
          chosen.state === "active" &&
          (chosen.endsAt ?? 0) > time &&
          chosen.personId === "owner" &&
          chosen.clientId === "app" &&
          chosen.requestingParty?.id === personParty(who) &&
          held.linkGeneration === flow.linkGeneration &&
          within(granted, wanted) &&
          within(granted, permissionsOf(held)) &&
          within(wanted, granted)
        );
      }),
    );
  });

  test("another consent of the owner never takes a scope away", () => {
    fc.assert(
      fc.property(permissions, consents, consent, party, (wanted, made, more, who) => {
        const before = made.map((one, n) => ({ id: String(n), consent: record(one) }));
        const after = [{ id: "more", consent: record({ ...more, personId: "owner" }) }, ...before];
        const granted = (list: typeof before) =>
          assessed(flow, by(who), asked(wanted), list, time).outcome === "granted";
        return !granted(before) || granted(after);
      }),
    );
  });

  test("§5.6 nothing is permitted by nothing", () => {
    expect(assessed(flow, undefined, asked([]), [], time)).toEqual({ outcome: "need_info" });
    expect(assessed(flow, by("bob"), asked([{ resource_id: "a", resource_scopes: ["read"] }]), [], time)).toEqual({
      outcome: "request_submitted",
    });
  });

  test("RequestedScopes(resource) = TicketScopes(resource) ∪ (RegisteredScopes ∩ RequestedScopes), of what the resource has", () => {
    const capability = fc.uniqueArray(fc.constantFrom(...actions), { minLength: 1 });
    const available = fc.uniqueArray(fc.constantFrom(...actions), { minLength: 1 });
    const scope = fc.uniqueArray(fc.constantFrom(...actions, "immunization-history.read", "fly"), { maxLength: 2 });
    fc.assert(
      fc.property(permissions, available, capability, scope, (ticket, has, registered, sent) => {
        const list = ticket.map((one) => ({
          ...one,
          type,
          available: has,
          resource_scopes: one.resource_scopes.filter((action) => has.includes(action)),
        }));
        const requested = requestedPermissions(list, [{ type, actions: registered, purpose: "care" }], sent);
        if (requested === "invalid_scope") return true;
        return requested.every(({ resource_id, resource_scopes }) => {
          const before = list.find((one) => one.resource_id === resource_id)?.resource_scopes ?? [];
          return (
            before.every((action) => resource_scopes.includes(action)) &&
            resource_scopes.every(
              (action) =>
                has.includes(action) &&
                (before.includes(action) || (registered.includes(action) && sent.some((one) => one.endsWith(action)))),
            )
          );
        });
      }),
    );
  });
});

describe("UMA Grant §3.3.5.1 what an upgraded token carries", () => {
  test("the union of both, and nothing else", () => {
    fc.assert(
      fc.property(permissions, permissions, (one, other) => {
        const both = unionOf(one, other);
        return within(one, both) && within(other, both) && both.every((each) => within([each], [...one, ...other]));
      }),
    );
  });
});

test("design §4 a share is read back as what it was made of: sealed ∘ opened = identity", () => {
  fc.assert(
    fc.property(source, permissions, (held, wanted) => {
      const { left, share } = partOf(
        held,
        held.grants.map((one) => one.actions),
        wanted,
      );
      expect(JSON.parse(JSON.stringify(share))).toEqual(share);
      return within(permissionsOf(left), permissionsOf(held)) && within(permissionsOf(left), wanted);
    }),
  );
});
