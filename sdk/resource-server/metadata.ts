import { signingAlgorithms } from "../../protocol/oauth.ts";
import type { ResourceServer } from "./resource-server.ts";

const WELL_KNOWN = "/.well-known/oauth-protected-resource";

/** What a Resource Server says of itself beside what it is. */
export interface ResourceMetadata {
  /** Its name, for people. */
  readonly resource_name?: string;
  /** Where its API is documented. */
  readonly resource_documentation?: string;
  /** The kinds of data it holds, as a Client asks for them (RFC 9396 §10). */
  readonly authorization_details_types_supported?: readonly string[];
  readonly scopes_supported?: readonly string[];
}

/** RFC 9728 §3.1: the well-known path goes between the host and the path of our identifier. */
export function metadataUrl(resource: string): string {
  const { origin, pathname } = new URL(resource);
  return origin + WELL_KNOWN + (pathname === "/" ? "" : pathname);
}

/**
 * Protected resource metadata: what a Client finds who knows nothing but our address. Serve it at the path of `metadataUrl`.
 *
 * @see RFC 9728 §2, §3.2
 */
export function metadataOf({ options }: ResourceServer): Readonly<Record<string, unknown>> {
  return {
    resource: options.resource,
    authorization_servers: [options.issuer],
    bearer_methods_supported: ["header"],
    dpop_signing_alg_values_supported: signingAlgorithms,
    ...options.metadata,
  };
}
