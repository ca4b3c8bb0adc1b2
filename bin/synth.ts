import { enableCompileCache } from "node:module";
import { env } from "node:process";

/** `npm run synth`: the assembly in cdk.out, without credentials, network or the CDK command line. */
enableCompileCache();
env["CDK_OUTDIR"] ??= "cdk.out";
await import("./exchange.ts");
