import type { Purpose, ResourceDefinition } from "../../protocol/registry.ts";

/** Stands where a type would, on a resource that was registered without one (UMA FedAuthz §3.1: `type` is optional). No definition can take the name: it is no https URI. */
export const UNTYPED = "urn:fpx:untyped";
export const AS_DESCRIBED = "urn:fpx:as-described";

/** What people are told of it: the exchange knows no more than the source says. Its actions are the resource's own scopes. */
export const untypedDefinition: ResourceDefinition = {
  type: UNTYPED,
  actions: {},
  default_duration: "P30D",
  maximum_duration: "P1Y",
  sensitivity: "ordinary",
  texts: {
    en: { title: "Something kept for you", description: "Only the place that keeps it can say what it is." },
    fr: {
      title: "Quelque chose conservé pour vous",
      description: "Seul l’endroit qui le conserve peut dire ce que c’est.",
    },
  },
};

export const asDescribed: Purpose = {
  purpose: AS_DESCRIBED,
  texts: { en: { text: "As the source describes." }, fr: { text: "Comme la source le décrit." } },
};
