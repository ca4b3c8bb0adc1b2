import * as v from "valibot";

/** How actions and purposes are named. */
export const slug = v.pipe(v.string(), v.regex(/^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/));
