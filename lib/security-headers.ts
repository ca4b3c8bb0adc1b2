import { Duration } from "aws-cdk-lib";
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  type ResponseHeadersPolicyProps,
  type ResponseSecurityHeadersBehavior,
} from "aws-cdk-lib/aws-cloudfront";

const transport = {
  strictTransportSecurity: {
    accessControlMaxAge: Duration.days(730),
    includeSubdomains: true,
    override: true,
  },
  contentTypeOptions: { override: true },
} satisfies ResponseSecurityHeadersBehavior;

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** For the Wallet's pages: only its own scripts run, and nobody frames it (RFC 9700 §4.16). */
export const walletHeaders: ResponseHeadersPolicyProps = {
  comment: "Pages of the Wallet",
  securityHeadersBehavior: {
    ...transport,
    contentSecurityPolicy: { contentSecurityPolicy, override: true },
    frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
    referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
  },
  customHeadersBehavior: {
    customHeaders: [
      {
        header: "permissions-policy",
        value: "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
        override: true,
      },
      { header: "cross-origin-opener-policy", value: "same-origin", override: true },
    ],
  },
};

/** For the API: the functions say the rest themselves. */
export const apiHeaders: ResponseHeadersPolicyProps = {
  comment: "Answers of the API",
  securityHeadersBehavior: transport,
};
