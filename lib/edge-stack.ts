import { Aws, type CfnCondition, CfnOutput, Duration, Fn, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  type CfnDistribution,
  Distribution,
  type DistributionProps,
  Function as EdgeFunction,
  type FunctionAssociation,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import type { ApiStack } from "./api-stack.ts";
import { declared, edgeParameters, isGiven } from "./parameters.ts";
import { apiHeaders, walletHeaders } from "./security-headers.ts";
import { walletPages } from "./wallet-pages.ts";

export interface EdgeStackProps extends StackProps {
  readonly api: ApiStack;
  readonly dist: string;
}

/** What the API answers at WalletOrigin: the person's surface, and which apps on phones belong to this host. */
const apiPaths = ["/wallet/*", "/.well-known/assetlinks.json", "/.well-known/apple-app-site-association"];

/** A path without a file name is a screen of the Wallet, which `index.html` draws. */
const screens = `function handler(event) {
  var request = event.request;
  if (request.uri.split("/").pop().indexOf(".") < 0) request.uri = "/index.html";
  return request;
}`;

/** What a viewer sends under these names is its own word: CloudFront adds the certificate of the connection behind this (RFC 9440 §4). */
const ownCertificateOnly = `function handler(event) {
  var request = event.request;
  delete request.headers["client-cert"];
  delete request.headers["client-cert-chain"];
  return request;
}`;

/** CloudFront before each host: Issuer is the API, and so is MtlsOrigin, which asks for client certificates; WalletOrigin is the Wallet's pages and, at `apiPaths`, the API. */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, { api, dist, ...props }: EdgeStackProps) {
    super(scope, id, props);
    const { OriginSecrets, MtlsOrigin, CertificateArn, WebAclArn } = declared(this, edgeParameters);
    const certificate = { arn: CertificateArn, given: isGiven(this, "HasCertificate", CertificateArn) };
    const webAcl = isGiven(this, "HasWebAcl", WebAclArn);

    const apiFor = (host: "" | "mtls.") =>
      new HttpOrigin(api.domainName, {
        customHeaders: { "x-fpx-origin": `${host}${Fn.select(0, Fn.split(" ", OriginSecrets))}` },
        readTimeout: Duration.seconds(30),
      });
    const toApi: BehaviorOptions = {
      origin: apiFor(""),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: new ResponseHeadersPolicy(this, "ApiHeaders", apiHeaders),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    };
    const site = new Bucket(this, "Site", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    }) as IBucket;
    const toSite: BehaviorOptions = {
      origin: S3BucketOrigin.withOriginAccessControl(site),
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: new ResponseHeadersPolicy(this, "WalletHeaders", walletHeaders),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      functionAssociations: [onRequest(this, "Screens", screens)],
    };
    const toMtls: BehaviorOptions = {
      ...toApi,
      origin: apiFor("mtls."),
      functionAssociations: [onRequest(this, "OwnCertificateOnly", ownCertificateOnly)],
    };
    const distribution = (name: string, origin: string, behaviors: DistributionProps) => {
      const made = new Distribution(this, name, {
        httpVersion: HttpVersion.HTTP2_AND_3,
        ...behaviors,
        comment: `fpx ${name}`,
        priceClass: PriceClass.PRICE_CLASS_100,
      });
      named(made.node.defaultChild as CfnDistribution, Fn.select(2, Fn.split("/", origin)), certificate);
      onlyIf(made.node.defaultChild as CfnDistribution, "WebACLId", webAcl, WebAclArn);
      const output = new CfnOutput(this, `${name}Domain`, { value: made.distributionDomainName });
      return { resource: made.node.defaultChild as CfnDistribution, output };
    };
    distribution("Issuer", api.issuer, { defaultBehavior: toApi });
    const additionalBehaviors = Object.fromEntries(apiPaths.map((path) => [path, toApi]));
    distribution("Wallet", api.walletOrigin, { defaultBehavior: toSite, additionalBehaviors });
    // QUIC carries no client certificate through CloudFront.
    const mtls = distribution("Mtls", MtlsOrigin, { defaultBehavior: toMtls, httpVersion: HttpVersion.HTTP2 });
    mtls.resource.addPropertyOverride("DistributionConfig.ViewerMtlsConfig", { Mode: "passthrough" });
    const offered = isGiven(this, "HasMtls", MtlsOrigin);
    mtls.resource.cfnOptions.condition = offered;
    mtls.output.condition = offered;
    walletPages(this, site, dist);
  }
}

const onRequest = (scope: Construct, id: string, code: string): FunctionAssociation => ({
  eventType: FunctionEventType.VIEWER_REQUEST,
  function: new EdgeFunction(scope, id, { code: FunctionCode.fromInline(code), runtime: FunctionRuntime.JS_2_0 }),
});

const onlyIf = (resource: CfnDistribution, property: string, given: CfnCondition, value: unknown) =>
  resource.addPropertyOverride(`DistributionConfig.${property}`, Fn.conditionIf(given.logicalId, value, Aws.NO_VALUE));

/** With a certificate the distribution answers to its host; without one, to CloudFront's name for it. */
function named(resource: CfnDistribution, host: string, { arn, given }: { arn: string; given: CfnCondition }) {
  onlyIf(resource, "Aliases", given, [host]);
  onlyIf(resource, "ViewerCertificate", given, {
    AcmCertificateArn: arn,
    MinimumProtocolVersion: "TLSv1.2_2021",
    SslSupportMethod: "sni-only",
  });
}
