import type { PushKind } from "../../protocol/push.ts";

import type { Filter } from "../dashboard/found.ts";

/** The addresses, for links: the only place that knows how they are written. */
export const to = {
  home: "#/",
  connect: "#/connect",
  openLink: "#/open-link",
  settings: "#/settings",
  ring: "#/settings/ring",
  passkeys: "#/settings/passkeys",
  devices: "#/settings/devices",
  recovery: "#/settings/recovery",
  recover: "#/recover",
  exportAll: "#/settings/export",
  deleteWallet: "#/settings/delete",
  erased: "#/stopped/erased",
  addSource: "#/sources/add",
  source: (id: string) => `#/sources/at/${encodeURIComponent(id)}`,
  activity: "#/activity",
  consents: "#/consents",
  consentsOf: (filter: Filter) => (filter === "all" ? "#/consents" : `#/consents/${filter}`),
  askHere: (id: string) => `#/asks/${encodeURIComponent(id)}/here`,
  request: (id: string) => `#/requests/${encodeURIComponent(id)}`,
  notification: (id: string) => `#/notifications/${encodeURIComponent(id)}`,
  link: (id: string) => `#/links/${encodeURIComponent(id)}`,
  addSourceFor: (id: string) => `#/requests/${encodeURIComponent(id)}/add-source`,
  consent: (id: string) => `#/consents/at/${encodeURIComponent(id)}`,
} as const;

/** Where a tapped notification leads (N-78): whatever its id is, it is a part of an address of ours. */
export const toPush = ({ t, id }: { readonly t: PushKind; readonly id: string }): string =>
  ({ r: to.request(id), n: to.notification(id), c: to.home })[t];
