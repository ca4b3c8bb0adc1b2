import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appleAppSiteAssociation, assetLinks } from "../../core/endpoints/app-association.ts";
import { dynalite } from "../support/dynamodb.ts";
import {
  androidCertificate,
  navigatorOrigin,
  type TestExchange,
  testExchange,
  walletOrigin,
} from "../support/exchange.ts";
import { refusal } from "../support/parties.ts";
import { SoftwarePasskey } from "../support/passkey.ts";

let exchange: TestExchange;
beforeAll(async () => {
  exchange = await testExchange(await dynalite());
});
afterAll(() => exchange.close());

const at = (name: string) => exchange.fetch(`${walletOrigin}/.well-known/${name}`, { redirect: "manual" });

describe("A7 the Wallet's host says which apps on phones belong to it", () => {
  test("Digital Asset Links: links open in Navigator for Android, and its passkeys are the Wallet's", async () => {
    const answer = await at("assetlinks.json");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(await answer.json()).toEqual([
      {
        relation: ["delegate_permission/common.handle_all_urls", "delegate_permission/common.get_login_creds"],
        target: {
          namespace: "android_app",
          package_name: "test.navigator",
          sha256_cert_fingerprints: [androidCertificate],
        },
      },
    ]);
  });
  test("Apple: only /link opens in Navigator for iOS; the file has no extension and is JSON", async () => {
    const answer = await at("apple-app-site-association");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(await answer.json()).toEqual({
      applinks: { details: [{ appIDs: ["TEAM123456.test.navigator"], components: [{ "/": "/link" }] }] },
      webcredentials: { apps: ["TEAM123456.test.navigator"] },
    });
  });
  test("where no app belongs to the exchange there is nothing", () => {
    expect(() => assetLinks({})).toThrow(expect.objectContaining({ code: "not_found" }));
    expect(() => appleAppSiteAssociation({})).toThrow(expect.objectContaining({ code: "not_found" }));
  });
});

/** A wallet made by a ceremony that names this origin. */
async function madeAt(origin: string): Promise<Response> {
  const call = (path: string, body: object) =>
    exchange.fetch(walletOrigin + path, {
      method: "POST",
      headers: { origin: walletOrigin, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const offered = await (await call("/wallet/account/options", { name: "June" })).json();
  const response = new SoftwarePasskey(origin, "wallet.test").register(offered.options.challenge);
  return call("/wallet/account", { name: "June", challenge: offered.challenge, response });
}

describe("A7 WebAuthn §7.1 step 9: the origin of a ceremony is one the deployment names", () => {
  const keyHash = (certificate: string) =>
    `android:apk-key-hash:${Buffer.from(certificate.replaceAll(":", ""), "hex").toString("base64url")}`;

  test("an Android app signed with a certificate of the deployment", async () => {
    expect((await madeAt(keyHash(androidCertificate))).status).toBe(201);
  });
  test("the Wallet and Navigator's web view", async () => {
    expect((await madeAt(walletOrigin)).status).toBe(201);
    expect((await madeAt(navigatorOrigin)).status).toBe(201);
  });
  test.each([
    ["another certificate", keyHash(createHash("sha256").update("other").digest("hex"))],
    ["a key hash of nothing", "android:apk-key-hash:"],
    ["another host", "https://wallet.test.evil.example"],
    ["a page of the phone", "https://localhost"],
  ])("never %s", async (_, origin) => {
    expect(await refusal(madeAt(origin))).toMatch(/^(401|400|403|422) /);
  });
});
