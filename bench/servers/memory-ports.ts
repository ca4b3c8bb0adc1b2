import { exportJWK, generateKeyPair } from "jose";
import { memoryGuards } from "../../adapters/memory/guards.ts";
import { memoryRecords } from "../../adapters/memory/records.ts";
import { aesGcm } from "../../adapters/openssl/aes-gcm.ts";
import { openssl } from "../../adapters/openssl/x509.ts";
import type { Exchange } from "../../core/exchange.ts";
import { capabilityPolicy } from "../../core/policy.ts";
import { registry } from "../../core/registry.ts";
import { ISSUER } from "../peers.ts";

/** Stands in for `functions/ports.ts`: one exchange for all handlers, on maps, with keys of this process. */

const nowMs = () => Date.now();
const records = memoryRecords();
const tokenKey = await generateKeyPair("ES256");
const sealingKey = aesGcm("seal", crypto.getRandomValues(new Uint8Array(32)));
const kid = "token";

const memoryExchange: Exchange = {
  issuer: ISSUER,
  region: "r1",
  sealingKeys: { current: async () => sealingKey, find: async (id) => (id === sealingKey.id ? sealingKey : undefined) },
  tokenKeys: {
    signing: async () => ({ kid, key: tokenKey.privateKey }),
    published: async () => [{ ...(await exportJWK(tokenKey.publicKey)), kid, alg: "ES256", use: "sig" }],
  },
  records,
  registry: registry(records, nowMs),
  guards: memoryGuards(() => Math.floor(nowMs() / 1000)),
  policy: capabilityPolicy,
  operatorKey: undefined,
  egress: { admits: () => false, send: async () => "refused" },
  x509: openssl,
  mtlsOrigin: undefined,
  bearerPats: true,
  dpopNonces: false,
  nowMs,
};

export const exchange = () => memoryExchange;
export const required = () => "https://wallet.bench.example";
export const list = () => [];
