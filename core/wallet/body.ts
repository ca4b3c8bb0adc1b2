import * as v from "valibot";
import { OAuthError } from "../oauth-error.ts";
import type { WalletRequest } from "./wallet.ts";

/** The body as its schema says, or invalid_request with the place for the log. */
export function parsedBody<T extends v.GenericSchema>(
  schema: T,
  { body }: Pick<WalletRequest, "body">,
): v.InferOutput<T> {
  return parsed(schema, body, "body");
}

/** The query as its schema says, or invalid_request. */
export function parsedQuery<T extends v.GenericSchema>(
  schema: T,
  { query }: Pick<WalletRequest, "query">,
): v.InferOutput<T> {
  return parsed(schema, Object.fromEntries(query), "query");
}

function parsed<T extends v.GenericSchema>(schema: T, value: unknown, where: string): v.InferOutput<T> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new OAuthError("invalid_request", `${v.getDotPath(issue) ?? where}: ${issue.type}`);
}
