import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { ApiStack } from "./api-stack.ts";
import { EdgeStack } from "./edge-stack.ts";
import { acknowledge } from "./nag-acknowledgements.ts";
import { StateStack } from "./state-stack.ts";

export interface ExchangeAppProps {
  /** Where `lib/build.ts` wrote its bundles. */
  readonly dist: string;
  readonly outdir?: string;
}

/** The CDK app: what outlives a deployment, the API, and what stands before it. */
export function exchangeApp({ dist, ...props }: ExchangeAppProps) {
  const app = new App({
    ...props,
    analyticsReporting: false,
    context: {
      "@aws-cdk/core:validateAgainstDefaultRules": true,
      // What another stack uses cannot be removed from under it.
      "@aws-cdk/core:defaultCrossStackReferences": "strong",
    },
  });
  const state = new StateStack(app, "FpxState", { description: "FPX: tables and keys" });
  const api = new ApiStack(app, "FpxApi", { description: "FPX: the API and its functions", state, dist });
  const edge = new EdgeStack(app, "FpxEdge", { description: "FPX: CloudFront and the Wallet", api, dist });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  acknowledge(app, api);
  return { app, state, api, edge };
}
