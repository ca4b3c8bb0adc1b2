import { env } from "node:process";

/** `npm run synth`: the assembly in cdk.out, without credentials, network or the CDK command line. */
env["CDK_OUTDIR"] ??= "cdk.out";
await import("./exchange.ts");
