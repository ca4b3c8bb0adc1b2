import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import { serverCertificate } from "../../local/server-certificate.ts";

/** Protocol Buffers as far as Chromium's push client needs them. */
function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt(value);
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 128 : low);
  } while (rest > 0n);
  return Buffer.from(bytes);
}
const bytes = (field: number, value: string | Buffer) => {
  const content = Buffer.from(value as string);
  return Buffer.concat([varint((field << 3) | 2), varint(content.length), content]);
};
const int = (field: number, value: number) => Buffer.concat([varint(field << 3), varint(value)]);
const fixed64 = (field: number, value: bigint) => {
  const content = Buffer.alloc(8);
  content.writeBigUInt64LE(value);
  return Buffer.concat([varint((field << 3) | 1), content]);
};
const frame = (tag: number, message: Buffer) => Buffer.concat([Buffer.from([tag]), varint(message.length), message]);

/** MCS: version 41; tag 3 answers a login, tag 8 carries a message. */
const LOGGED_IN = Buffer.concat([
  Buffer.from([41]),
  frame(3, Buffer.concat([bytes(1, "login"), bytes(2, "user@local")])),
]);

/** A push service on this machine for a real `PushManager.subscribe` in Chromium: FCM's check-in, registration, the socket browsers listen at, and the endpoint exchanges post to (RFC 8030 §5). */
export async function fakeFcm() {
  const subscriptions = new Map<string, Readonly<Record<string, string>>>();
  const sockets = new Set<TLSSocket>();
  const posted: { readonly headers: IncomingHttpHeaders; readonly body: Buffer }[] = [];
  const folder = mkdtempSync(join(tmpdir(), "fpx-fcm-"));

  const web = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
    if (request.url === "/checkin") {
      const device = [int(1, 1), int(3, Date.now()), fixed64(7, 4242424242n), fixed64(8, 99999n)];
      return response.writeHead(200, { "content-type": "application/x-protobuf" }).end(Buffer.concat(device));
    }
    if (request.url === "/register") {
      const form = Object.fromEntries(new URLSearchParams(body.toString()));
      const token = randomBytes(32).toString("base64url");
      if (form["X-subtype"]) subscriptions.set(token, form);
      return response.writeHead(200, { "content-type": "text/plain" }).end(`token=${token}`);
    }
    const to = subscriptions.get(String(request.url).replace("/fcm/send/", ""));
    if (to === undefined) return response.writeHead(410).end();
    posted.push({ headers: request.headers, body });
    for (const socket of sockets) socket.write(frame(8, stanza(to, request.headers, body)));
    return response.writeHead(201, { location: String(request.url) }).end();
  }).listen(0, "127.0.0.1");

  const { key, cert } = await serverCertificate(join(folder, "mcs"));
  const mcs = createTlsServer({ key, cert }, (socket) => {
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    socket.once("data", () => {
      socket.write(LOGGED_IN);
      sockets.add(socket);
    });
  }).listen(0, "127.0.0.1");
  await Promise.all(
    [web, mcs].map((server) => server.listening || new Promise((ready) => server.once("listening", ready))),
  );

  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  return {
    url,
    posted,
    sockets,
    /** What every subscription of this browser is from now on: unknown. */
    forget: () => subscriptions.clear(),
    /** Makes a Chromium use it. */
    args: [
      `--gcm-checkin-url=${url}/checkin`,
      `--gcm-registration-url=${url}/register`,
      `--gcm-mcs-endpoint=https://localhost:${(mcs.address() as AddressInfo).port}`,
      "--ignore-certificate-errors",
    ],
    close: () => {
      for (const socket of sockets) socket.destroy();
      web.close();
      mcs.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function stanza(to: Readonly<Record<string, string>>, headers: IncomingHttpHeaders, body: Buffer): Buffer {
  const data = (name: string, value: string) => bytes(7, Buffer.concat([bytes(1, name), bytes(2, value)]));
  return Buffer.concat([
    bytes(2, ""),
    bytes(3, to["sender"] ?? ""),
    bytes(5, to["app"] ?? ""),
    data("subtype", to["X-subtype"] ?? ""),
    data("content-encoding", String(headers["content-encoding"])),
    bytes(9, randomUUID()),
    int(17, Number(headers["ttl"])),
    bytes(21, body),
  ]);
}
