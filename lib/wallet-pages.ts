import { join } from "node:path";
import type { Stack } from "aws-cdk-lib";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { BucketDeployment, CacheControl, Source } from "aws-cdk-lib/aws-s3-deployment";

/** Puts the built Wallet into its bucket. Files below assets/ carry their hash in their name; pages are asked for anew each time. */
export function walletPages(scope: Stack, destinationBucket: IBucket, dist: string) {
  const sources = [Source.asset(join(dist, "wallet"))];
  const assets = new BucketDeployment(scope, "Assets", {
    sources,
    destinationBucket,
    exclude: ["*"],
    include: ["assets/*"],
    cacheControl: [CacheControl.fromString("public, max-age=31536000, immutable")],
    // Tabs that are open still ask for the files of the version before.
    prune: false,
  });
  const pages = new BucketDeployment(scope, "Pages", {
    sources,
    destinationBucket,
    exclude: ["assets/*"],
    cacheControl: [CacheControl.fromString("no-cache")],
    prune: false,
  });
  pages.node.addDependency(assets);
}
