/** The one way out to addresses that strangers gave us (N-49, N-80): public ones only, no redirects, little time, little to read, nothing of ours sent along. */
export interface Egress {
  /** Whether an address may be registered: https, not inside, without credentials; http on this machine where the deployment allows it. */
  admits(url: string): boolean;
  /** `refused`: the name leads inside. `failed`: no answer in time, or too much of it; may be tried again. */
  send(request: EgressRequest): Promise<EgressAnswer | "refused" | "failed">;
}

export interface EgressRequest {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Whether the content of the answer is wanted; else it is not even read. */
  readonly reads: boolean;
}

export interface EgressAnswer {
  readonly status: number;
  /** Empty unless it was wanted. */
  readonly body: string;
  /** Seconds until it wants to be asked again (RFC 9110 §10.2.3), if it says so. */
  readonly retryAfter?: number;
}
