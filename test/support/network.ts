import { exportJWK, type JWK } from "jose";
import type { ResourceServerMetadata } from "../../protocol/registry.ts";
import { type TestExchange, walletOrigin } from "./exchange.ts";
import { answered, type KeyPair, keyPair, Party } from "./parties.ts";
import { June } from "./person.ts";

export const immunizations = "https://fpx.example/definitions/immunization-history";
export const document = "https://fpx.example/definitions/document";

const words = (text: string, french?: string) => ({
  en: { text },
  ...(french !== undefined && { fr: { text: french } }),
});

/** The operator with everything the demo network knows. */
export async function operator(exchange: TestExchange): Promise<Party> {
  const keys = { privateKey: exchange.operatorKey } as KeyPair;
  return new Party(exchange, "operator", keys, await keyPair());
}

export async function registry(exchange: TestExchange) {
  const root = await operator(exchange);
  const token = await root.token("operate");
  const add = (kind: string, body: unknown) => answered(root.call("POST", `/operator/${kind}`, token, body));
  await add("definitions", {
    type: immunizations,
    actions: {
      read: words("Vaccines you received", "Les vaccins que vous avez reçus"),
      subscribe: words("New vaccines as they are recorded"),
    },
    default_duration: "P90D",
    maximum_duration: "P1Y",
    sensitivity: "health",
    texts: {
      en: { title: "Your immunization history", description: "Vaccines with dates and lot numbers." },
      fr: { title: "Votre historique de vaccination", description: "Les vaccins, avec dates et numéros de lot." },
    },
  });
  await add("definitions", {
    type: document,
    actions: { view: words("Look at it"), print: words("Print it") },
    default_duration: "P30D",
    maximum_duration: "P90D",
    sensitivity: "ordinary",
    texts: { en: { title: "A document", description: "One document." } },
  });
  await add("purposes", { purpose: "immunization-calendar", texts: words("To show which boosters are due.") });
  const client = async (client_name: string, more: object = {}) => {
    const keys = await keyPair();
    const capabilities = [{ type: immunizations, actions: ["read", "subscribe"], purpose: "immunization-calendar" }];
    const { client_id } = await add("clients", { client_name, jwks: await jwks(keys, "sig"), capabilities, ...more });
    return new Party(exchange, String(client_id), keys, await keyPair());
  };
  const resourceServer = async (client_name: string, resource: string, encrypting?: KeyPair, more: object = {}) => {
    const keys = await keyPair();
    const enc = encrypting === undefined ? [] : (await jwks(encrypting, "enc")).keys;
    const metadata: Partial<ResourceServerMetadata> = {
      client_name,
      resource,
      scope: "uma_protection",
      jwks: { keys: [...(await jwks(keys, "sig")).keys, ...enc] } as ResourceServerMetadata["jwks"],
      ...more,
    };
    const { client_id } = await add("resource-servers", { ...metadata, ...more });
    return new Party(exchange, String(client_id), keys, await keyPair());
  };
  return { root, token, add, client, resourceServer };
}

/** June Smith with two sources, and the app that asks. */
export async function network(exchange: TestExchange) {
  const parties = await registry(exchange);
  const encryption = await keyPair("ECDH-ES+A256KW");
  const [app, otherApp, provincial, lakeside] = await Promise.all([
    parties.client("My Immunizations"),
    parties.client("Summer Camp"),
    parties.resourceServer("Provincial Immunization Registry", "https://registry.test", encryption),
    parties.resourceServer("Lakeside Family Clinic", "https://clinic.test"),
  ]);
  const june = new June(exchange, walletOrigin);
  await june.createAccount("June");
  const subs = new Map<Party, string>();
  for (const source of [provincial, lakeside]) subs.set(source, await link(source, await june.code("source")));
  return { ...parties, app, otherApp, provincial, lakeside, encryption, june, subs };
}

/** What a source does with the code its patient typed: registers what it holds; answers the owner's `sub` there. */
export async function link(
  source: Party,
  code: string,
  type = immunizations,
  resource_scopes = ["read", "subscribe"],
): Promise<string> {
  const token = await source.token("uma_protection");
  const registered = await answered(
    source.call("POST", "/rreg", token, { resource_owner: code, type, resource_scopes }),
  );
  return String(registered["resource_owner"]);
}

export async function jwks(keys: KeyPair, use: "sig" | "enc"): Promise<{ keys: JWK[] }> {
  const alg = use === "sig" ? "ES256" : "ECDH-ES+A256KW";
  return { keys: [{ ...(await exportJWK(keys.publicKey)), kid: `${use}-1`, use, alg }] };
}
