import type { Capability } from "../../protocol/capability.ts";
import type { Purpose, ResourceDefinition } from "../../protocol/registry.ts";

export const IMMUNIZATION_HISTORY = "https://fpx.example/definitions/immunization-history";
const DOCUMENT = "https://fpx.example/definitions/document";

/** The kinds of data of the demo network. */
export const definitions: readonly ResourceDefinition[] = [
  {
    type: IMMUNIZATION_HISTORY,
    actions: {
      read: {
        en: { text: "Read your immunization history", reason: "There is nothing to show without it" },
        fr: { text: "Lire votre historique de vaccination", reason: "Sans cela, il n’y a rien à afficher" },
      },
      subscribe: {
        en: { text: "Be told when a new immunization is added" },
        fr: { text: "Savoir quand un nouveau vaccin s’ajoute" },
      },
    },
    default_duration: "P90D",
    maximum_duration: "P1Y",
    sensitivity: "health",
    texts: {
      en: {
        title: "Immunization history",
        description: "The vaccines you received, with the date, the place and the lot number of each.",
      },
      fr: {
        title: "Historique de vaccination",
        description: "Les vaccins que vous avez reçus, avec la date, le lieu et le numéro de lot de chacun.",
      },
    },
  },
  {
    type: DOCUMENT,
    actions: {
      view: { en: { text: "See your documents" }, fr: { text: "Voir vos documents" } },
      edit: { en: { text: "Change your documents" }, fr: { text: "Modifier vos documents" } },
      print: { en: { text: "Print your documents" }, fr: { text: "Imprimer vos documents" } },
      download: { en: { text: "Keep a copy of your documents" }, fr: { text: "Garder une copie de vos documents" } },
    },
    default_duration: "P30D",
    maximum_duration: "P1Y",
    sensitivity: "ordinary",
    texts: {
      en: { title: "Documents", description: "Documents that a source keeps for you." },
      fr: { title: "Documents", description: "Des documents qu’une source conserve pour vous." },
    },
  },
];

/** Why an app of the demo network may ask. */
export const purposes: readonly Purpose[] = [
  {
    purpose: "immunization-calendar",
    texts: {
      en: { text: "To show you which vaccines you had and when the next one is due" },
      fr: { text: "Pour vous montrer les vaccins que vous avez reçus et la date du prochain" },
    },
  },
  {
    purpose: "as-described",
    texts: { en: { text: "As the source describes" }, fr: { text: "Selon la description de la source" } },
  },
];

/** What "My Immunizations" may ask. */
export const calendar: Capability = {
  type: IMMUNIZATION_HISTORY,
  actions: ["read", "subscribe"],
  purpose: "immunization-calendar",
};

/** Every definition with all its actions: what the initial access token of a local exchange carries. */
export const everything: readonly Capability[] = [
  calendar,
  { type: DOCUMENT, actions: ["view", "edit", "print", "download"], purpose: "as-described" },
];
