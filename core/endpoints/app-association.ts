import { base64url } from "jose";
import { OAuthError } from "../oauth-error.ts";

/** Which apps on phones are Navigator, as the deployment says; nothing where there is none. */
export interface NavigatorApps {
  readonly android?: {
    readonly package: string;
    /** SHA-256 of the certificates it is signed with, as `AB:CD:…`: the store's, the upload key's. */
    readonly certificates: readonly string[];
  };
  /** `TEAMID.bundle.id`. */
  readonly apple?: string;
}

/** What may be opened in Navigator: the links another screen shows (UX-33). */
const LINKS = "/link";

/**
 * `/.well-known/assetlinks.json` at the Wallet's host: its links open in Navigator, and its passkeys are Navigator's too.
 *
 * @see Digital Asset Links v1: statement lists
 * @throws OAuthError `not_found` where no Android app belongs to this exchange.
 */
export function assetLinks({ android }: NavigatorApps): readonly object[] {
  if (android === undefined) throw new OAuthError("not_found", "no Android app");
  return [
    {
      relation: ["delegate_permission/common.handle_all_urls", "delegate_permission/common.get_login_creds"],
      target: {
        namespace: "android_app",
        package_name: android.package,
        sha256_cert_fingerprints: android.certificates,
      },
    },
  ];
}

/**
 * `/.well-known/apple-app-site-association` at the Wallet's host, the same for iOS.
 *
 * @see Apple, Supporting associated domains: `applinks` and `webcredentials`
 * @throws OAuthError `not_found` where no iOS app belongs to this exchange.
 */
export function appleAppSiteAssociation({ apple }: NavigatorApps): object {
  if (apple === undefined) throw new OAuthError("not_found", "no iOS app");
  return {
    applinks: { details: [{ appIDs: [apple], components: [{ "/": LINKS }] }] },
    webcredentials: { apps: [apple] },
  };
}

/** What Android names as the origin of a ceremony in an app: the hash of its certificate. It is believed for the apps of this deployment alone. */
export function androidOrigins({ android }: NavigatorApps): readonly string[] {
  const bytes = (fingerprint: string) => Uint8Array.from(fingerprint.split(":"), (pair) => Number.parseInt(pair, 16));
  return (android?.certificates ?? []).map((one) => `android:apk-key-hash:${base64url.encode(bytes(one))}`);
}
