import { describe, expect, test } from "vitest";
import { memoryGuards } from "../../adapters/memory/guards.ts";
import { memoryRecords } from "../../adapters/memory/records.ts";
import { aesGcm } from "../../adapters/openssl/aes-gcm.ts";
import { newAuthReqId, openAuthReqId } from "../../core/auth-req-id.ts";
import type { Exchange } from "../../core/exchange.ts";
import { cibaGrant } from "../../core/grants/ciba.ts";
import type { GrantRequest } from "../../core/grants/grant.ts";
import { OAuthError } from "../../core/oauth-error.ts";
import { declined, requested } from "../../core/transitions.ts";

const seals = sealing();

describe("CIBA Core §11 a poll while nothing is decided", () => {
  test("N-54 reads one record, the same one whether the hint named somebody or nobody, and whatever is silence", async () => {
    const { poll, as, read } = exchange();
    for (const consent of [undefined, waiting, declined(waiting, "not_me", 2), declined(waiting, "wrong_number", 2)]) {
      if (consent !== undefined) await put(as, consent);
      read.length = 0;
      expect(await poll(await areq())).toBe(consent === undefined ? "authorization_pending" : "slow_down");
      expect(read).toEqual(["consent con"]);
    }
  });
  test("CIBA Core §10.1 decided, late, or of a change: the request's record decides whether the handle is in force", async () => {
    const { poll, as, read } = exchange();
    await put(as, declined(waiting, "declined", 2));
    for (const says of [{}, { expiresAt: 10 }, { consentId: undefined }]) {
      read.length = 0;
      expect(await poll(await areq(says))).toBe("invalid_grant");
      expect(read).toContain("request req");
    }
  });
  test("CIBA Core §11 another Client's is invalid_grant before anything is read", async () => {
    const { poll, read } = exchange();
    expect(await poll(await areq({ clientId: "other" }))).toBe("invalid_grant");
    expect(await poll("areq_r1seal")).toBe("invalid_grant");
    expect(read).toEqual([]);
  });
  test("CIBA Core §7.3 an auth_req_id says what was sealed, whatever characters a client_id has", async () => {
    const says = { id: "req", consentId: "con", clientId: "https://app.example/a.b", expiresAt: 1_000 };
    const { handle, hash } = await newAuthReqId(seals, says, 1);
    expect(await openAuthReqId(seals, handle)).toEqual({ says, handle: { id: "req", hash, at: 1 } });
  });
});

const waiting = requested({
  personId: "june",
  clientId: "app",
  requestId: "req",
  door: "backchannel",
  terms: { details: [] },
  scope: ["openid"],
  createdAt: 1,
  expiresAt: 1_000,
});

async function areq(
  says: { readonly clientId?: string; readonly expiresAt?: number; readonly consentId?: undefined } = {},
) {
  const { consentId, ...known } = { id: "req", consentId: "con", clientId: "app", expiresAt: 1_000, ...says };
  return (await newAuthReqId(seals, { ...known, ...(consentId !== undefined && { consentId }) }, 1)).handle;
}

async function put({ records: { consents } }: Exchange, consent: typeof waiting) {
  const stored = await consents.find("con");
  if (stored === undefined) await consents.insert("con", consent);
  else await consents.replace("con", stored, consent);
}

/** Polled as "app" in the second 20; `read` says which records were looked at. */
function exchange() {
  const read: string[] = [];
  const records = memoryRecords();
  const told = <T extends { find: (id: string) => unknown }>(name: string, store: T): T => ({
    ...store,
    find: (id: string) => {
      read.push(`${name} ${id}`);
      return store.find(id);
    },
  });
  const as = {
    ...seals,
    records: { ...records, consents: told("consent", records.consents), requests: told("request", records.requests) },
    guards: memoryGuards(() => 20),
    nowMs: () => 20_000,
  } as unknown as Exchange;
  const poll = (auth_req_id: string) => {
    const request = { party: { client_id: "app" }, parameters: new Map([["auth_req_id", auth_req_id]]) };
    return cibaGrant(as, request as unknown as GrantRequest).then(
      () => "tokens",
      (error: unknown) => (error instanceof OAuthError ? error.code : String(error)),
    );
  };
  return { as, poll, read };
}

function sealing() {
  const sealingKey = aesGcm("seal", crypto.getRandomValues(new Uint8Array(32)));
  return { region: "r1", sealingKeys: { current: async () => sealingKey, find: async () => sealingKey } };
}
