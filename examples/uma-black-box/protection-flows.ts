import { deepEqual, equal, match, notEqual, partialDeepStrictEqual } from "node:assert/strict";
import { present, type World } from "./world.ts";

const REGISTRATION = "resource_registration_endpoint";

/** Federated Authorization for UMA 2.0, from the Resource Server's side. */
export const protectionFlows: Readonly<Record<string, (world: World) => Promise<void>>> = {
  "UMA Grant §2, FedAuthz §2 discovery": async ({ issuer, at }) => {
    equal(at["issuer"], issuer);
    for (const name of [REGISTRATION, "permission_endpoint", "introspection_endpoint", "token_endpoint"])
      match(at[name] ?? "", /^https?:/);
    equal(at["claims_interaction_endpoint"], `${issuer}/claims`);
  },

  "FedAuthz §3.2 no protection API without a valid PAT": async ({ at, source }) => {
    equal((await source.call("GET", at[REGISTRATION] ?? "", "no-token")).status, 401);
    equal((await source.call("POST", at["permission_endpoint"] ?? "", "no-token", {})).status, 401);
  },

  "FedAuthz §3.2.1 to §3.2.5 create, read, update, list, delete": async ({ at, source, pat, owner, letter, photo }) => {
    const rreg = at[REGISTRATION] ?? "";
    const album = { resource_scopes: ["look", "https://archive.example/scopes/all"], name: "An album" };
    const created = await source.call("POST", rreg, pat, { ...album, resource_owner: owner });
    equal(created.status, 201);
    const id = String(created.json["_id"]);
    const place = created.headers.get("location") ?? "";
    equal(place, `${rreg}/${id}`);
    const read = await source.call("GET", place, pat);
    equal(read.status, 200);
    deepEqual(read.json, { _id: id, resource_owner: owner, ...album });

    const updated = await source.call("PUT", place, pat, { resource_scopes: ["look"], description: "Holidays" });
    partialDeepStrictEqual(updated, { status: 200, json: { _id: id } });
    const replaced = { _id: id, resource_owner: owner, resource_scopes: ["look"], description: "Holidays" };
    deepEqual((await source.call("GET", place, pat)).json, replaced);

    const list = await source.call("GET", `${rreg}?resource_owner=${owner}`, pat);
    deepEqual([...(list.json as unknown as string[])].sort(), [id, letter, photo].sort());
    equal((await source.call("DELETE", place, pat)).status, 204);
    partialDeepStrictEqual(await source.call("GET", place, pat), { status: 404, json: { error: "not_found" } });
  },

  "FedAuthz §3.2, §6 errors: unsupported method, malformed description": async ({ at, source, pat, owner }) => {
    const rreg = at[REGISTRATION] ?? "";
    const patched = await source.call("PATCH", rreg, pat, {});
    partialDeepStrictEqual(patched, { status: 405, json: { error: "unsupported_method_type" } });
    const nothing = await source.call("POST", rreg, pat, { resource_owner: owner, name: "Without scopes" });
    partialDeepStrictEqual(nothing, { status: 400, json: { error: "invalid_request" } });
  },

  "FedAuthz §4.1, §4.2 one ticket for one permission, or for several": async ({ at, source, pat, letter, photo }) => {
    const one = { resource_id: letter, resource_scopes: ["view"] };
    const several = [one, { resource_id: photo, resource_scopes: ["view", "print"] }];
    const answers = [];
    for (const body of [one, several])
      answers.push(await source.call("POST", at["permission_endpoint"] ?? "", pat, body));
    deepEqual(
      answers.map(({ status }) => status),
      [201, 201],
    );
    notEqual(answers[0]?.json["ticket"], answers[1]?.json["ticket"]);
  },

  "FedAuthz §4.3, §6 errors: invalid_resource_id, invalid_scope, invalid_request": async ({
    at,
    source,
    pat,
    letter,
  }) => {
    const refusals = [
      [{ resource_id: "unknown", resource_scopes: ["view"] }, "invalid_resource_id"],
      [{ resource_id: letter, resource_scopes: ["burn"] }, "invalid_scope"],
      [{ resource_scopes: ["view"] }, "invalid_request"],
    ] as const;
    for (const [body, error] of refusals)
      partialDeepStrictEqual(await source.call("POST", at["permission_endpoint"] ?? "", pat, body), {
        status: 400,
        json: { error },
      });
  },

  "Grant §3.3.6 a ticket that was never issued is invalid_grant": async (world) => {
    partialDeepStrictEqual(await present(world, "ticket_unknown"), { status: 400, json: { error: "invalid_grant" } });
  },
};
