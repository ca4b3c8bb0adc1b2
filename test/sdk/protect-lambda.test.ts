import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ProtectedContext, protectLambda } from "../../sdk/resource-server/protect-lambda.ts";
import { resourceServer } from "../../sdk/resource-server/resource-server.ts";
import { newJwkPair } from "../../sdk/signing-key.ts";
import { type AskingClient, askingClient, RESOURCE, TYPE } from "./asking-client.ts";
import { type FakeExchange, fakeExchange } from "./fake-exchange.ts";

let exchange: FakeExchange;
let client: AskingClient;
let handler: (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

beforeAll(async () => {
  exchange = await fakeExchange();
  client = await askingClient(exchange);
  exchange.on("/introspect", () => ({ json: client.active }));
  const { privateKey: key } = await newJwkPair("sig");
  const server = resourceServer({ issuer: exchange.issuer, client_id: "rs-1", key, resource: RESOURCE });
  const lambda = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, ProtectedContext>()
    .use(protectLambda(server, { type: TYPE, action: "read" }))
    .handler(async (_, { access }) => ({ statusCode: 200, body: access.sub }));
  handler = (event) => lambda(event, {} as Context as ProtectedContext);
});
afterAll(() => exchange.close());

/** As an HTTP API sends it, format 2.0: names in lower case, repeated headers comma-joined. */
function event(headers: Record<string, string>): APIGatewayProxyEventV2 {
  const http = {
    method: "GET",
    path: "/fhir/Immunization",
    protocol: "HTTP/1.1",
    sourceIp: "192.0.2.1",
    userAgent: "",
  };
  return {
    version: "2.0",
    rawPath: "/fhir/Immunization",
    rawQueryString: "_count=1",
    headers,
    requestContext: { http },
  } as unknown as APIGatewayProxyEventV2;
}

test("RFC 9449 §7.1 a Lambda handler finds whose data it may give in its context", async () => {
  const token = await client.token();
  const answer = await handler(event({ authorization: `DPoP ${token}`, dpop: await client.proof(token) }));
  expect(answer).toEqual({ statusCode: 200, body: "june-here" });
});

test("RFC 9449 §7.1 a refusal is answered before the handler, with the challenge", async () => {
  const answer = await handler(event({}));
  expect(answer.statusCode).toBe(401);
  expect(answer.headers?.["www-authenticate"]).toBe('DPoP algs="ES256 PS256 EdDSA Ed25519"');
});

test("RFC 9449 §4.3 two DPoP headers look like one behind an HTTP API, and are refused (N-36)", async () => {
  const token = await client.token();
  const dpop = `${await client.proof(token)},${await client.proof(token)}`;
  const answer = await handler(event({ authorization: `DPoP ${token}`, dpop }));
  expect(answer.statusCode).toBe(401);
  expect(JSON.parse(answer.body ?? "").error).toBe("invalid_dpop_proof");
});
