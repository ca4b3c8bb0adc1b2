import { simpleWebAuthn } from "../adapters/webauthn/webauthn.ts";
import { androidOrigins } from "../core/endpoints/app-association.ts";
import { httpFunction } from "./http/http-function.ts";
import { exchange, list, navigatorApps, required, vapidKey } from "./ports.ts";
import { pushEndpoints } from "./push-ports.ts";
import { walletAnswers } from "./wallet-answers.ts";

const walletOrigin = required(process.env, "WALLET_ORIGIN");
const walletName = required(process.env, "WALLET_NAME");
const navigator = list(process.env, "NAVIGATOR_ORIGINS");
const origins = [walletOrigin, ...navigator, ...androidOrigins(navigatorApps(process.env))];
const wallet = {
  ...exchange(process.env),
  webAuthn: simpleWebAuthn({ walletName, walletOrigin, origins }),
  pushEndpoints: pushEndpoints(process.env),
  vapidKey: vapidKey(process.env),
};

export const handler = httpFunction(
  walletAnswers(wallet, { wallet: walletOrigin, navigator }),
  list(process.env, "ORIGIN_SECRETS"),
);
