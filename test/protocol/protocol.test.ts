import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { approvalChallenge } from "../../protocol/approval.ts";
import { AuthorizationDetails, nameOfType, scopeOf } from "../../protocol/authorization-details.ts";
import { base64url, canonicalJson, sha256 } from "../../protocol/canonical-json.ts";
import { seconds } from "../../protocol/duration.ts";
import { isCompactJwe, isCompactJws, tokens } from "../../protocol/oauth.ts";
import { ResourceDefinition } from "../../protocol/registry.ts";

describe("RFC 8785 canonical JSON", () => {
  test("§3.2.3 members are sorted by UTF-16 code units, at every depth", () => {
    expect(canonicalJson({ b: [{ d: 1, c: "x" }], a: null, "\u20ac": 1, "\r": 2, "1": 3 })).toBe(
      '{"\\r":2,"1":3,"a":null,"b":[{"c":"x","d":1}],"€":1}',
    );
  });
  test("the order of members never matters, the content always does", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((key) => key !== "__proto__"),
          fc.jsonValue(),
        ),
        (value) => {
          const reversed = Object.fromEntries(Object.entries(value).reverse());
          expect(canonicalJson(reversed)).toBe(canonicalJson(value));
          expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
    );
  });
  test("SHA-256 as base64url without padding", async () => {
    expect(await sha256("")).toBe("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
    expect(base64url(Uint8Array.of(251, 255))).toBe("-_8");
  });
});

describe("ISO 8601 durations", () => {
  test.each([
    ["P90D", 7_776_000],
    ["P1Y", 31_536_000],
    ["P1M", 2_592_000],
    ["P2W", 1_209_600],
    ["PT1H", 3_600],
    ["P1DT12H", 129_600],
  ])("%s is %i seconds", (text, expected) => {
    expect(seconds(text)).toBe(expected);
  });
  test.each(["", "P", "PT", "P1", "1D", "P-1D", "P1D ", "P1.5D", "PT5M", "P99999999D"])("%j is none", (text) => {
    expect(seconds(text)).toBeUndefined();
  });
});

describe("RFC 9396 authorization details", () => {
  const type = "https://fpx.example/definitions/immunization-history";
  test.each([
    ["not an array", {}],
    ["none", []],
    ["no actions", [{ type, actions: [] }]],
    ["a repeated action", [{ type, actions: ["read", "read"] }]],
    ["an unknown member", [{ type, actions: ["read"], amount: 1 }]],
    ["a relative type", [{ type: "immunization-history", actions: ["read"] }]],
    ["a type with a query", [{ type: `${type}?a=b`, actions: ["read"] }]],
    ["no duration", [{ type, actions: ["read"], duration: "P0D" }]],
    ["eleven details", Array.from({ length: 11 }, () => ({ type, actions: ["read"] }))],
  ])("§5 %s is refused", (_, details) => {
    expect(v.safeParse(AuthorizationDetails, details).success).toBe(false);
  });
  test("a scope value names the type's last segment and an action", () => {
    expect(nameOfType(type)).toBe("immunization-history");
    expect(scopeOf(type, "read")).toBe("immunization-history.read");
  });
});

describe("Compact tokens have one spelling", () => {
  test.each(["a.b.c=", " a.b.c", "a.b.c\n", "a.b", "a..c", "a.b.c.d", "a.b.c, d.e.f", "a+.b.c"])(
    "%j is no JWS",
    (token) => {
      expect(isCompactJws(token)).toBe(false);
    },
  );
  test("a JWS has three parts, a JWE five of which the key may be empty", () => {
    expect([
      isCompactJws("a.b-_.c"),
      isCompactJwe("a..c.d.e"),
      isCompactJwe("a.b.c.d.e"),
      isCompactJwe("a.b.c"),
    ]).toEqual([true, true, true, false]);
  });
  test("RFC 6749 §3.3 scope values, once each", () => {
    expect(tokens(" openid  a openid ")).toEqual(["openid", "a"]);
    expect(tokens(undefined)).toEqual([]);
  });
});

test("UX-07 registered words are plain: no markup, no control or bidirectional characters", () => {
  const words = (text: string) => ({
    type: "https://fpx.example/definitions/document",
    actions: { view: { en: { text } } },
    default_duration: "P1D",
    maximum_duration: "P1D",
    sensitivity: "ordinary",
    texts: { en: { title: "T", description: "D" } },
  });
  expect(v.safeParse(ResourceDefinition, words("Look at it — l’état, naïve, 日本")).success).toBe(true);
  for (const text of ["<b>", "a\u202Eb", "a\u200Bb", "a\nb", ""])
    expect(v.safeParse(ResourceDefinition, words(text)).success).toBe(false);
});

test("design §8 any change of what was seen or chosen changes the challenge", async () => {
  const approval = {
    v: 1,
    decision: "approve",
    request: "r",
    revision: 1,
    nonce: "n",
    actions: [["read"]],
    sources: [["a", "b"]],
    endsAt: 1,
    notice: "h",
    language: "en",
  } as const;
  const changed = [
    {},
    { request: "q" },
    { revision: 2 },
    { nonce: "m" },
    { actions: [["read", "subscribe"]] },
    { sources: [["b", "a"]] },
    { endsAt: 2 },
    { notice: "i" },
    { language: "fr" },
  ];
  const challenges = await Promise.all(changed.map((change) => approvalChallenge({ ...approval, ...change })));
  expect(new Set(challenges)).toHaveLength(changed.length);
});
