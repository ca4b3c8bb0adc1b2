import { Aws, CfnCondition, CfnParameter, type CfnParameterProps, Fn } from "aws-cdk-lib";
import type { Construct } from "constructs";

/** An SNS platform application: CloudFormation has none, so its ARN is a parameter (docs/deploy.md). */
export interface PlatformApplication {
  readonly arn: string;
  readonly endpoints: string;
}

const origin = "^(https://[a-z0-9.-]+|http://localhost:[0-9]+)$";
const applicationArn = "^(|arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:app/[A-Z_]+/[A-Za-z0-9_.-]+)$";

/** The parameters of a deployment (docs/deploy.md tells each with an example). */
export const apiParameters = {
  OperatorJwk: {
    description: "Public JWK (ES256) of the first operator, whose client_id is operator",
    allowedPattern: '^\\{(?!.*"d").*"kty".*\\}$',
    constraintDescription: "must be the public part of a JWK",
  },
  Issuer: {
    description: "The issuer, an origin: https://exchange.example",
    allowedPattern: origin,
    constraintDescription: "must be an https origin without a path or a trailing slash",
  },
  WalletOrigin: {
    description: "The origin of the Wallet: https://wallet.example",
    allowedPattern: origin,
    constraintDescription: "must be an https origin without a path or a trailing slash",
  },
  MtlsOrigin: {
    description:
      "The origin that asks for client certificates: https://mtls.exchange.example; empty: mTLS is not offered",
    default: "",
    allowedPattern: "^(|https://[a-z0-9.-]+(:[0-9]+)?)$",
    constraintDescription: "must be an https origin without a path or a trailing slash, or empty",
  },
  NavigatorOrigins: { description: "Origins of Navigator, separated by spaces", default: "" },
  AndroidPackage: {
    description: "Package of Navigator for Android: example.navigator; empty: none",
    default: "",
    allowedPattern: "^(|[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)+)$",
  },
  AndroidCertificates: {
    description: "SHA-256 fingerprints of the certificates it is signed with, AB:CD:..., separated by spaces",
    default: "",
    allowedPattern: "^(|([0-9A-F]{2}:){31}[0-9A-F]{2}( ([0-9A-F]{2}:){31}[0-9A-F]{2})*)$",
    constraintDescription: "must be SHA-256 fingerprints in capitals, as keytool prints them",
  },
  AppleAppId: {
    description: "Team id and bundle id of Navigator for iOS: TEAMID1234.example.navigator; empty: none",
    default: "",
    allowedPattern: "^(|[A-Z0-9]{10}\\.[A-Za-z0-9.-]+)$",
  },
  HomeRegion: {
    description: "Two characters that are part of every handle and name where it lives",
    default: "r1",
    allowedPattern: "^[a-z0-9]{2}$",
  },
  OriginSecrets: {
    description: "Accepted values of the header x-fpx-origin, separated by a space while one replaces the other",
    noEcho: true,
    allowedPattern: "^[A-Za-z0-9_-]{32,}( [A-Za-z0-9_-]{32,})?$",
    constraintDescription: "must be one or two secrets of at least 32 characters",
  },
  ApnsApplicationArn: {
    description: "SNS platform application for APNs; empty: none",
    default: "",
    allowedPattern: applicationArn,
  },
  FcmApplicationArn: {
    description: "SNS platform application for FCM; empty: none",
    default: "",
    allowedPattern: applicationArn,
  },
  AlarmEmail: {
    description: "Who is written to when an alarm rings; empty: nobody, until somebody subscribes to AlarmTopicArn",
    default: "",
    allowedPattern: "^(|[^@ ]+@[^@ ]+)$",
  },
  AllowLoopback: {
    description: "Whether registrations may name http://localhost",
    default: "false",
    allowedValues: ["true", "false"],
  },
  AllowBearerPat: {
    description: "Whether a Resource Server may be registered for bearer tokens of its own (UMA FedAuthz 1.3)",
    default: "true",
    allowedValues: ["true", "false"],
  },
  RequireDpopNonce: {
    description: "Whether DPoP proofs must carry a nonce of the exchange (RFC 9449 8)",
    default: "false",
    allowedValues: ["true", "false"],
  },
} as const satisfies Readonly<Record<string, CfnParameterProps>>;

export const edgeParameters = {
  OriginSecrets: apiParameters.OriginSecrets,
  MtlsOrigin: apiParameters.MtlsOrigin,
  CertificateArn: {
    description:
      "ACM certificate (us-east-1) for the hosts of Issuer, WalletOrigin and MtlsOrigin; empty: CloudFront's own names",
    default: "",
  },
  WebAclArn: { description: "WAF web ACL (scope CLOUDFRONT) for the distributions; empty: none", default: "" },
} as const satisfies Readonly<Record<string, CfnParameterProps>>;

/** Declares a table of parameters on a stack. */
export function declared<Name extends string>(scope: Construct, table: Readonly<Record<Name, CfnParameterProps>>) {
  const entries = Object.entries<CfnParameterProps>(table);
  return Object.fromEntries(
    entries.map(([name, props]) => [name, new CfnParameter(scope, name, props).valueAsString]),
  ) as Readonly<Record<Name, string>>;
}

export const isGiven = (scope: Construct, id: string, value: string) =>
  new CfnCondition(scope, id, { expression: Fn.conditionNot(Fn.conditionEquals(value, "")) });

/** A policy cannot name an empty ARN: where there is no application, its rights name one that does not exist. */
export function platformApplication(scope: Construct, id: string, parameter: string): PlatformApplication {
  const given = isGiven(scope, `Has${id}`, parameter);
  const none = `arn:${Aws.PARTITION}:sns:${Aws.REGION}:${Aws.ACCOUNT_ID}`;
  const endpoints = Fn.join("", [Fn.join(":endpoint/", Fn.split(":app/", parameter, 2)), "/*"]);
  return {
    arn: Fn.conditionIf(given.logicalId, parameter, `${none}:app/none/none`).toString(),
    endpoints: Fn.conditionIf(given.logicalId, endpoints, `${none}:endpoint/none/none`).toString(),
  };
}
