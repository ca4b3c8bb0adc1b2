import { Logger } from "@aws-lambda-powertools/logger";
import type { OAuthError } from "../core/oauth-error.ts";

/** One function per business event: ids, codes and reasons. None can be given a request, a token or a body. */
const logger = new Logger({ serviceName: "fpx" });

/** A refusal: uniform outside, precise here. */
export function refused(route: string, requestId: string, { code, message }: OAuthError): void {
  logger.info("refused", { route, requestId, code, reason: message });
}

/** A bug or an outage of ours. */
export function failed(route: string, requestId: string, error: OAuthError): void {
  const { cause } = error;
  logger.error("failed", {
    route,
    requestId,
    code: error.code,
    ...(cause instanceof Error && { name: cause.name, stack: cause.stack }),
  });
}

export function answered(route: string, requestId: string, status: number): void {
  logger.info("answered", { route, requestId, status });
}

/** A record of the stream was handled. */
export function followed(effect: string, recordId: string, result: string | number): void {
  logger.info("followed", { effect, recordId, result });
}

/** It was not, and comes again. */
export function notFollowed(recordId: string, error: unknown): void {
  logger.error("not followed", { recordId, ...(error instanceof Error && { name: error.name, stack: error.stack }) });
}

/** The minute's look at who is being erased; nothing says who. */
export function erasuresLooked(outcomes: Readonly<Record<"erased" | "waiting", number>>): void {
  logger.info("erasure", outcomes);
}

/** The answer went out all the same. */
export function useNotCounted(error: unknown): void {
  logger.error("use not counted", { ...(error instanceof Error && { name: error.name, stack: error.stack }) });
}

/** The day's look at the token keys. */
export function tokenKeysLooked(outcome: string): void {
  logger.info("token keys", { outcome });
}

/** The day's look at the phones' endpoints. */
export function endpointsLooked(gone: number): void {
  logger.info("endpoints", { gone });
}

export function clockWrote(ended: number): void {
  logger.info("clock", { ended });
}
