import { expect, test } from "vitest";
import { construct, type Json, of, one, templates } from "./templates.ts";

const distribution = (name: string) => one("FpxEdge", "AWS::CloudFront::Distribution", name).DistributionConfig;
const headers = (id: string) => templates.FpxEdge.Resources[id].Properties.ResponseHeadersPolicyConfig;

test("Issuer is the API, uncached, with every header of the viewer but Host, and the origin header", () => {
  const { DefaultCacheBehavior, Origins } = distribution("Issuer");
  expect(DefaultCacheBehavior).toMatchObject({
    CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", // CachingDisabled
    OriginRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac", // AllViewerExceptHostHeader
    AllowedMethods: expect.arrayContaining(["POST", "DELETE", "OPTIONS"]),
    ViewerProtocolPolicy: "https-only",
  });
  expect(Origins[0].OriginCustomHeaders[0].HeaderName).toBe("x-fpx-origin");
});

test("WalletOrigin is pages from S3 and, below /wallet/ and for the apps that belong to it, the API", () => {
  const { DefaultCacheBehavior, CacheBehaviors, Origins } = distribution("Wallet");
  expect(Origins[0]).toHaveProperty("OriginAccessControlId");
  expect(DefaultCacheBehavior.TargetOriginId).toBe(Origins[0].Id);
  expect(CacheBehaviors.map(({ PathPattern, TargetOriginId }: Json) => [PathPattern, TargetOriginId])).toEqual([
    ["/wallet/*", Origins[1].Id],
    ["/.well-known/assetlinks.json", Origins[1].Id],
    ["/.well-known/apple-app-site-association", Origins[1].Id],
  ]);
});

test("RFC 9700 §4.16 the Wallet's pages run their own scripts only and are framed by nobody", () => {
  const { SecurityHeadersConfig } = headers(distribution("Wallet").DefaultCacheBehavior.ResponseHeadersPolicyId.Ref);
  const policy = SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy;
  expect(policy).toMatch(/default-src 'none'; script-src 'self';/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(SecurityHeadersConfig).toMatchObject({
    ContentTypeOptions: { Override: true },
    ReferrerPolicy: { ReferrerPolicy: "no-referrer" },
    StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000 },
  });
});

test("RFC 8705 §5 MtlsOrigin is the API, told apart by the origin header, and asks for certificates that it does not judge", () => {
  const { Resources, Outputs } = templates.FpxEdge;
  const [id] = of("FpxEdge", "AWS::CloudFront::Distribution").find(([name]) => construct(name) === "Mtls") ?? [];
  expect(Resources[String(id)].Condition).toBe("HasMtls");
  expect(Outputs.MtlsDomain.Condition).toBe("HasMtls");
  const { ViewerMtlsConfig, Origins, DefaultCacheBehavior, HttpVersion } = distribution("Mtls");
  expect(ViewerMtlsConfig).toEqual({ Mode: "passthrough" });
  expect(HttpVersion).toBe("http2");
  expect(JSON.stringify(Origins[0].OriginCustomHeaders)).toContain('"mtls."');
  expect(JSON.stringify(distribution("Issuer").Origins[0].OriginCustomHeaders)).not.toContain("mtls");
  expect(DefaultCacheBehavior).toMatchObject({ CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" });
  expect(DefaultCacheBehavior.FunctionAssociations[0].EventType).toBe("viewer-request");
});

test("RFC 9440 §4 a viewer's own Client-Cert does not get through", () => {
  const code = one("FpxEdge", "AWS::CloudFront::Function", "OwnCertificateOnly").FunctionCode;
  const handler = new Function(`${code}; return handler;`)();
  const headers = { "client-cert": {}, "client-cert-chain": {}, accept: {} };
  expect(Object.keys(handler({ request: { headers } }).headers)).toEqual(["accept"]);
});

test("certificate and web ACL are there only when they are given", () => {
  for (const name of ["Issuer", "Wallet", "Mtls"])
    expect(distribution(name)).toMatchObject({
      Aliases: { "Fn::If": ["HasCertificate", expect.anything(), { Ref: "AWS::NoValue" }] },
      ViewerCertificate: { "Fn::If": ["HasCertificate", expect.anything(), { Ref: "AWS::NoValue" }] },
      WebACLId: { "Fn::If": ["HasWebAcl", { Ref: "WebAclArn" }, { Ref: "AWS::NoValue" }] },
    });
});
