import type { Assembly } from "./assembly.ts";
import { type FunctionHost, functionHost } from "./function-host.ts";
import type { FunctionLog } from "./log.ts";

/** A host for every function of the Api stack; the Edge stack's own function puts files into S3 during a deployment. */
export function hosts(app: Assembly, environment: Readonly<Record<string, string>>, log: FunctionLog) {
  const all = new Map<string, FunctionHost>(
    app
      .of("AWS::Lambda::Function")
      .filter(({ stack }) => stack === "FpxApi")
      .map((resource) => {
        const folder = app.asset(resource.properties.Code.S3Key);
        return [resource.name, functionHost({ resource, folder, environment, log })];
      }),
  );
  return {
    /** By name or ARN, as the template names what it invokes. */
    named: (nameOrArn: string): FunctionHost => {
      const host = all.get(nameOrArn.split(":function:").at(-1) ?? "");
      if (host === undefined) throw new Error(`no function ${nameOrArn}`);
      return host;
    },
    /** Resolves when every handler has been imported. */
    ready: () => Promise.all([...all.values()].map((host) => host.ready())),
    close: () => Promise.all([...all.values()].map((host) => host.close())),
  };
}

export type Hosts = ReturnType<typeof hosts>;
