import { canonicalJson, sha256 } from "../../protocol/canonical-json.ts";
import type { AskedKind, ConsentView, Notice, ProposedChange, RequestScreen } from "../../protocol/wallet.ts";
import type { LinkNotice, LinkScreen, Place, Source } from "../../protocol/wallet-sources.ts";
import type { ToldParty } from "../../protocol/wallet-told.ts";

/** What June sees, as the exchange would answer it. */
const DAY = 86_400;
export const now = (): number => Math.floor(Date.now() / 1_000);

export const sources: readonly Source[] = [
  {
    id: "lnk_1",
    name: "Provincial Immunization Registry",
    linkedAt: now() - 540 * DAY,
    holds: ["Immunization history"],
  },
  {
    id: "lnk_2",
    name: "Lakeside Family Clinic",
    linkedAt: now() - 3 * DAY,
    holds: ["Immunization history", "Documents"],
  },
];

const immunizations: AskedKind = {
  title: "Immunization history",
  description: "The vaccines you received, with dates, products and lot numbers.",
  sensitivity: "health",
  purpose: "To show you which boosters are due and put them in your calendar.",
  actions: [
    { action: "read", text: "Read your vaccines", required: true, reason: "The calendar cannot work without them" },
    { action: "subscribe", text: "Be told when new vaccines are recorded", required: false },
  ],
  sources: [
    { id: "lnk_1", name: "Provincial Immunization Registry", linkedAt: now() - 540 * DAY, usable: true },
    { id: "lnk_2", name: "Lakeside Family Clinic", linkedAt: now() - 3 * DAY, usable: true },
    { id: "lnk_3", name: "City Travel Clinic", linkedAt: now() - 90 * DAY, usable: false, reason: "lacks_action" },
  ],
};

const documents: AskedKind = {
  title: "Documents",
  description: "Letters and certificates that you keep at a source.",
  sensitivity: "ordinary",
  purpose: "To file your certificates beside your calendar.",
  actions: [{ action: "view", text: "View them", required: true }],
  sources: [{ id: "lnk_2", name: "Lakeside Family Clinic", linkedAt: now() - 3 * DAY, usable: true }],
};

export const notice: Notice = {
  language: "en",
  client: {
    name: "My Immunizations",
    uri: "https://immunizations.example",
    registeredAt: now() - 600 * DAY,
    namedBy: "statement",
    vouchedBy: "apps.province.example",
  },
  bindingMessage: "Blue heron 47",
  began: { at: now() - 60, device: "Firefox on Windows", location: "Toronto, Canada" },
  asked: [immunizations],
  durations: [
    { duration: "P1D", endsAt: now() + DAY },
    { duration: "P30D", endsAt: now() + 30 * DAY },
    { duration: "P90D", endsAt: now() + 90 * DAY },
  ],
  proposed: 2,
};

/** What a ticket asks for: one chart at one place, for somebody else's eyes (UMA). */
export const noticeForBob: Notice = {
  language: "en",
  client: { name: "Family Records", registeredAt: now() - 40 * DAY, namedBy: "operator" },
  requestingParty: { you: false, name: "Bob", at: now() - 60 },
  asked: [{ ...immunizations, resources: ["Chart 7"], sources: immunizations.sources.slice(1, 2) }],
  durations: notice.durations,
  proposed: 2,
};

/** The same with two kinds, from an app that is new and sent no binding message. */
export const noticeOfTwo: Notice = {
  ...notice,
  client: { name: "Summer Camp Sign-up", registeredAt: now() - DAY, namedBy: "itself" },
  asked: [{ ...immunizations, explicit: true }, documents],
};
delete (noticeOfTwo as { bindingMessage?: string }).bindingMessage;

/** The same for someone whose sources hold nothing of the kind. */
export const noticeWithoutSource: Notice = {
  ...notice,
  asked: [
    {
      ...immunizations,
      sources: [{ id: "lnk_9", name: "Example Bank", linkedAt: now() - 20 * DAY, usable: false, reason: "holds_none" }],
    },
  ],
};

/** A change that adds: one more thing of the kind the app sees already, another kind, and a longer time. */
export const noticeOfMerge: Notice = {
  ...notice,
  asked: [
    {
      ...immunizations,
      explicit: true,
      actions: immunizations.actions.map((action) => ({ ...action, required: true })),
      before: { actions: [{ action: "read", text: "Read your vaccines" }], sources: ["lnk_1"] },
    },
    documents,
  ],
  durations: [{ endsAt: now() + 40 * DAY }, { duration: "P90D", endsAt: now() + 90 * DAY }],
  proposed: 1,
  change: {
    action: "merge",
    decidedAt: now() - 50 * DAY,
    endsAt: now() + 40 * DAY,
    others: [
      {
        title: "Allergies",
        actions: ["Read your allergies"],
        purpose: "To warn you before a vaccine.",
        sources: ["Lakeside Family Clinic"],
      },
    ],
  },
};

/** A change that takes the place of what is allowed: the kind stays, one thing of it and another kind end, and it ends sooner. */
export const noticeOfReplace: Notice = {
  ...noticeOfMerge,
  asked: [
    {
      ...immunizations,
      actions: immunizations.actions.slice(0, 1),
      before: {
        actions: immunizations.actions.map(({ action, text }) => ({ action, text })),
        sources: ["lnk_1", "lnk_2"],
      },
    },
  ],
  durations: [
    { duration: "P1D", endsAt: now() + DAY },
    { duration: "P30D", endsAt: now() + 30 * DAY },
  ],
  change: { ...(noticeOfMerge.change as ProposedChange), action: "replace" },
};

/** A change of nothing but the end. */
export const noticeOfLonger: Notice = {
  ...noticeOfMerge,
  asked: [
    {
      ...immunizations,
      before: {
        actions: immunizations.actions.map(({ action, text }) => ({ action, text })),
        sources: ["lnk_1"],
      },
    },
  ],
  change: { ...(noticeOfMerge.change as ProposedChange), others: [] },
};

/** An app that asks who it is, and for no data. */
export const noticeOfSignIn: Notice = {
  language: "en",
  client: {
    name: "Summer Camp Sign-up",
    uri: "https://camp.example",
    registeredAt: now() - 90 * DAY,
    namedBy: "itself",
  },
  bindingMessage: "Blue heron 47",
  signIn: true,
  asked: [],
  durations: [{ endsAt: now() + 1_440 }],
  proposed: 0,
};

export const signInOf = (state: ConsentView["state"]): ConsentView => ({
  id: "con_5",
  client: "Summer Camp Sign-up",
  state,
  signIn: true,
  kinds: [],
  createdAt: now() - 120,
  decidedAt: now() - 60,
  endsAt: now() + 1_440,
});

export async function screenOf(shown: Notice, changes: Partial<RequestScreen> = {}): Promise<RequestScreen> {
  return {
    id: "con_r1-waiting",
    revision: 1,
    nonce: "non_r1-fresh",
    createdAt: now() - 60,
    expiresAt: now() + 540,
    notice: shown,
    noticeHash: await sha256(canonicalJson(shown)),
    ...changes,
  };
}

const linkNotice: LinkNotice = {
  language: "en",
  source: { name: "Lakeside Family Clinic", uri: "https://clinic.example", registeredAt: now() - 600 * DAY },
  kinds: [
    { title: "Immunization history", sensitivity: "health" },
    { title: "Documents", sensitivity: "ordinary" },
  ],
};

/** A place that asks to become a source. */
export const linkScreen: LinkScreen = {
  id: "req_1",
  revision: 2,
  nonce: "non_r1-fresh",
  createdAt: now() - 60,
  expiresAt: now() + 86_340,
  notice: linkNotice,
  noticeHash: await sha256(canonicalJson(linkNotice)),
};

export const places: readonly Place[] = [
  {
    name: "Lakeside Family Clinic",
    uri: "https://clinic.example",
    startAt: "https://clinic.example/wallet?iss=x",
    connected: false,
  },
  {
    name: "Provincial Immunization Registry",
    uri: "https://registry.example",
    startAt: "https://registry.example/start?iss=x",
    connected: true,
  },
];

const kind = {
  title: "Immunization history",
  actions: ["Read your vaccines"],
  purpose: "To show you which boosters are due and put them in your calendar.",
  sources: ["Provincial Immunization Registry"],
};

/** After she stopped: who knows. */
export const told: readonly ToldParty[] = [
  { name: "Provincial Immunization Registry", heardAt: now() - 120 },
  { name: "Lakeside Family Clinic", waits: true },
  { name: "Example Bank" },
  { name: "Summer Camp Sign-up", app: true, heardAt: now() - 119 },
];

export const history: ConsentView["history"] = [
  { at: now() - 2 * DAY, what: "resumed" },
  { at: now() - 3 * DAY, what: "paused" },
  { at: now() - 9 * DAY, what: "shortened" },
  { at: now() - 10 * DAY, what: "fetched" },
  { at: now() - 10 * DAY, what: "approved" },
  { at: now() - 10 * DAY, what: "asked" },
];

export const consents: readonly ConsentView[] = [
  {
    id: "con_1",
    history,
    contact: {
      uri: "https://immunizations.example",
      policyUri: "https://immunizations.example/privacy",
      email: "privacy@immunizations.example",
    },
    client: "My Immunizations",
    state: "active",
    kinds: [kind],
    createdAt: now() - 10 * DAY,
    decidedAt: now() - 10 * DAY,
    endsAt: now() + 80 * DAY,
  },
  {
    id: "con_2",
    client: "Money Coach",
    state: "paused",
    kinds: [
      { title: "Credit score", actions: ["Read it monthly"], purpose: "To plan with you.", sources: ["Example Bank"] },
    ],
    createdAt: now() - 100 * DAY,
    decidedAt: now() - 100 * DAY,
    endsAt: now() + 200 * DAY,
    pausedAt: now() - 2 * DAY,
  },
  {
    id: "con_3",
    client: "Summer Camp Sign-up",
    state: "ended",
    endedBy: "withdrawn",
    kinds: [kind],
    createdAt: now() - 200 * DAY,
    decidedAt: now() - 200 * DAY,
    endsAt: now() - 100 * DAY,
    endedAt: now() - 150 * DAY,
  },
  {
    id: "con_4",
    client: "Prize Wheel",
    state: "declined",
    endedBy: "not_me",
    kinds: [{ ...kind, sources: [] }],
    createdAt: now() - 5 * DAY,
    decidedAt: now() - 5 * DAY,
  },
];
