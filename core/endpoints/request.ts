import type { Parameters } from "../../protocol/oauth.ts";
import type { HolderRequest } from "../binding.ts";

/** A form-encoded request as the edge hands it over: parsed once, nothing of HTTP left but what proofs speak of. */
export interface FormRequest extends HolderRequest {
  /** RFC 6749 §2.3.1: credentials of a Client, or a token where one opens the endpoint in place of them. */
  readonly authorization: string | undefined;
  readonly parameters: Parameters;
  /** When the gateway took it, in milliseconds since the epoch. */
  readonly receivedAtMs: number;
}

/** A request with a token in its header and, for some, a JSON body. */
export interface ResourceRequest extends HolderRequest {
  readonly authorization: string | undefined;
  readonly body: unknown;
}
