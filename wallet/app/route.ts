import { useSyncExternalStore } from "react";
import { FILTERS, type Filter } from "../dashboard/found.ts";

/** Where the person is. `#/requests/<id>` and `#/notifications/<id>` are what a push opens; `#/asks/<handle>`, `#/elsewhere/<handle>`, `#/claims/<handle>` and `#/stopped/…` where `/authorize` and `/claims` send a browser. */
export type Route =
  | { readonly screen: "home" | "connect" | "open-link" | "settings" | "activity" | AccountScreen | "nowhere" }
  | { readonly screen: "recover" }
  | { readonly screen: "request"; readonly id: string }
  | { readonly screen: "notification"; readonly id: string }
  | { readonly screen: "ask"; readonly id: string; readonly here: boolean }
  | { readonly screen: "elsewhere"; readonly id: string }
  | { readonly screen: "number"; readonly id: string }
  | { readonly screen: "link"; readonly id: string }
  | { readonly screen: "claims"; readonly id: string }
  | { readonly screen: "stopped"; readonly because: Stopped | "busy" }
  | { readonly screen: "add-source"; readonly forRequest?: string }
  | { readonly screen: "source"; readonly id: string }
  | { readonly screen: "consents"; readonly filter: Filter }
  | { readonly screen: "consent"; readonly id: string };

/** What is under the settings. */
const ACCOUNT = ["passkeys", "devices", "recovery", "export", "delete", "ring"] as const;
type AccountScreen = (typeof ACCOUNT)[number];

/** Why the redirect door ends in words of ours and not at the app (`functions/http/browser.ts`). */
const STOPPED = ["flow", "late", "used", "browser", "app", "erased"] as const;
export type Stopped = (typeof STOPPED)[number];

/** An address as a route. */
export function routeOf(hash: string): Route {
  const [first = "", second, third, ...more] = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .map(decoded);
  if (more.length > 0) return { screen: "nowhere" };
  if (first === "" && second === undefined) return { screen: "home" };
  if (
    (first === "connect" || first === "open-link" || first === "settings" || first === "activity") &&
    second === undefined
  )
    return { screen: first };
  if (first === "recover" && second === undefined) return { screen: "recover" };
  if (first === "settings" && third === undefined)
    return { screen: ACCOUNT.find((screen) => screen === second) ?? "nowhere" };
  if (first === "asks" && second && (third === undefined || third === "here"))
    return { screen: "ask", id: second, here: third === "here" };
  if (first === "elsewhere" && second && third === undefined) return { screen: "elsewhere", id: second };
  if (first === "numbers" && second && third === undefined) return { screen: "number", id: second };
  if (first === "links" && second && third === undefined) return { screen: "link", id: second };
  if (first === "claims" && second && third === undefined) return { screen: "claims", id: second };
  if (first === "stopped" && second && third === undefined)
    return { screen: "stopped", because: STOPPED.find((why) => why === second) ?? "busy" };
  if (first === "notifications" && second && third === undefined) return { screen: "notification", id: second };
  if (first === "requests" && second && third === undefined) return { screen: "request", id: second };
  if (first === "requests" && second && third === "add-source") return { screen: "add-source", forRequest: second };
  if (first === "sources" && second === "at" && third) return { screen: "source", id: third };
  if (first === "sources" && second === "add" && third === undefined) return { screen: "add-source" };
  const filter = FILTERS.find((one) => one === (second ?? "all"));
  if (first === "consents" && third === undefined && filter !== undefined) return { screen: "consents", filter };
  if (first === "consents" && second === "at" && third) return { screen: "consent", id: third };
  return { screen: "nowhere" };
}

/** The current address; a screen is made anew when it changes. */
export const useHash = (): string => useSyncExternalStore(followHash, () => location.hash);

function followHash(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
