/** The addresses, for links: the only place that knows how they are written. */
export const to = {
  home: "#/",
  connect: "#/connect",
  openLink: "#/open-link",
  settings: "#/settings",
  addSource: "#/sources/add",
  source: (id: string) => `#/sources/at/${encodeURIComponent(id)}`,
  consents: "#/consents",
  endedConsents: "#/consents/ended",
  askHere: (id: string) => `#/asks/${encodeURIComponent(id)}/here`,
  request: (id: string) => `#/requests/${encodeURIComponent(id)}`,
  link: (id: string) => `#/links/${encodeURIComponent(id)}`,
  addSourceFor: (id: string) => `#/requests/${encodeURIComponent(id)}/add-source`,
  consent: (id: string) => `#/consents/at/${encodeURIComponent(id)}`,
} as const;
