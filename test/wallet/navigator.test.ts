import { decodeProtectedHeader, EmbeddedJWK, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { sha256 } from "../../protocol/canonical-json.ts";
import { newProofKey, proof, proveWith } from "../../wallet/api/proof.ts";
import { toPush } from "../../wallet/app/addresses.ts";
import { notificationOf, withDelivered } from "../../wallet/phone/delivery.ts";
import { deviceToken } from "../../wallet/phone/device-token.ts";

const url = "http://localhost:4001/wallet/requests?page=2";

test("RFC 9449 §4.2 a proof names one call, without its query, and is never the same twice", async () => {
  const key = await newProofKey();
  const { payload, protectedHeader } = await jwtVerify(await proof(key, "GET", url), EmbeddedJWK);
  expect(protectedHeader).toMatchObject({ typ: "dpop+jwt", alg: "ES256", jwk: key.publicJwk });
  expect(payload).toMatchObject({ htm: "GET", htu: "http://localhost:4001/wallet/requests" });
  expect(payload["iat"]).toBeTypeOf("number");
  expect(payload).not.toHaveProperty("ath");
  const again = await jwtVerify(await proof(key, "GET", url), EmbeddedJWK);
  expect(again.payload["jti"]).not.toBe(payload["jti"]);
});

test("RFC 9449 §7.1 with a token the proof is over it, and both go along", async () => {
  const key = await newProofKey();
  const headers = await proveWith(key, () => "the-token")("POST", url);
  expect(headers["authorization"]).toBe("DPoP the-token");
  const { payload } = await jwtVerify(headers["dpop"] ?? "", EmbeddedJWK);
  expect(payload["ath"]).toBe(await sha256("the-token"));
  expect(await proveWith(key, () => undefined)("POST", url)).not.toHaveProperty("authorization");
});

test("RFC 9449 §11.4 the private key cannot leave, and its public part has no private member", async () => {
  const key = await newProofKey();
  expect(key.privateKey.extractable).toBe(false);
  expect(Object.keys(decodeProtectedHeader(await proof(key, "GET", url)).jwk ?? {}).sort()).toEqual([
    "crv",
    "kty",
    "x",
    "y",
  ]);
});

const delivery = (data: object, messageId = "m1") =>
  JSON.stringify({ messageId, platform: "FCM", payload: { fcmV1Message: { message: { data } } } });

test("UX-50 a delivery becomes a notification that knows an id and an end, and nothing else", () => {
  const data = { v: "1", id: "ntf_r1-x", t: "r", exp: "2000" };
  expect(notificationOf(delivery(data), 1_000)).toEqual({
    messageId: "m1",
    t: "r",
    id: "ntf_r1-x",
    expiresAt: 2_000,
    at: 1_000,
  });
  expect(notificationOf(delivery(data), 2_000)).toBeUndefined();
  expect(notificationOf(delivery({ ...data, t: "x" }), 1_000)).toBeUndefined();
  expect(notificationOf(JSON.stringify({ messageId: "m", platform: "APNS", payload: {} }), 1_000)).toBeUndefined();
});

test("UX-52 the same message again changes nothing; the newest is first", () => {
  const one = { messageId: "m1", t: "r", id: "a", expiresAt: 2, at: 1 } as const;
  const two = { ...one, messageId: "m2", id: "b" };
  expect(withDelivered([one], one)).toEqual([one]);
  expect(withDelivered([one], two)).toEqual([two, one]);
  const again = { ...one, messageId: "m3" };
  expect(withDelivered([two, one], again)).toEqual([again, two]);
});

test("UX-60 what is answered elsewhere is cleared, and nothing else", () => {
  const one = { messageId: "m1", t: "r", id: "a", expiresAt: 2, at: 1 } as const;
  const two = { ...one, messageId: "m2", id: "b" };
  const clear = { ...one, messageId: "m3", t: "c" } as const;
  expect(withDelivered([two, one], clear)).toEqual([two]);
  expect(withDelivered([two], clear)).toEqual([two]);
});

test("UX-50 N-78 each kind of push leads into the app, whatever its id", () => {
  for (const id of ["//evil.example/", "javascript:alert(1)", "https://evil.example/?x=/../..", "a"]) {
    expect(toPush({ t: "r", id })).toBe(`#/requests/${encodeURIComponent(id)}`);
    expect(toPush({ t: "n", id })).toBe(`#/notifications/${encodeURIComponent(id)}`);
    expect(toPush({ t: "c", id })).toBe("#/");
  }
});

test("the phone's token is made once and fits what /wallet/devices takes", () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const token = deviceToken(storage);
  expect(token).toMatch(/^[\x21-\x7e]{8,}$/);
  expect(deviceToken(storage)).toBe(token);
  expect(deviceToken({ ...storage, getItem: () => null })).not.toBe(token);
});
