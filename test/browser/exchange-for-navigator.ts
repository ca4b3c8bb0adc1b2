import { createServer } from "node:http";
import { EmbeddedJWK, jwtVerify } from "jose";
import { expect } from "vitest";
import { answer, send, type World } from "./fake-exchange.ts";
import { type Listening, listening } from "./pages.ts";

/** The fake exchange for a Navigator of another origin: no cookies, a proof in every call (RFC 9449 §7), noted as `method url whether-over-a-token`. */
export const exchangeFor = (origin: () => string, world: () => World, proofs: string[]): Promise<Listening> =>
  listening(
    createServer(async (request, response) => {
      const cors = {
        "access-control-allow-origin": origin(),
        "access-control-allow-headers": "authorization, content-type, dpop",
        "access-control-allow-methods": "GET, POST, PUT, DELETE",
      };
      if (request.method === "OPTIONS") return send(response, [204], cors);
      const { authorization = "", dpop } = request.headers;
      const { payload } = await jwtVerify(String(dpop), EmbeddedJWK);
      proofs.push(`${payload["htm"]} ${payload["htu"]} ${"ath" in payload}`);
      expect(request.headers.cookie).toBeUndefined();
      expect(authorization === "").toBe(!("ath" in payload));
      send(response, await answer(request, world()), cors);
    }),
  );
