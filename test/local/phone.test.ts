import { afterEach, expect, test, vi } from "vitest";
import { type Listening, listening } from "../../local/http-server.ts";
import { phone } from "../../local/phone.ts";
import type { Push } from "../../local/sns.ts";

const push = (messageId: string, token = "june"): Push => ({
  messageId,
  token,
  platform: "FCM",
  attributes: {},
  payload: { data: {} },
});

let server: Listening | undefined;
afterEach(() => {
  server?.close();
  vi.useRealTimers();
});

async function opened() {
  const { listener, deliver } = phone("nowhere", "http://localhost:4001");
  server = await listening(listener);
  const { port } = server;
  /** Connects, and reads as many notifications as asked for. */
  const read = async (token: string, count: number) => {
    const { body } = await fetch(`http://127.0.0.1:${port}/phone/notifications?token=${token}`);
    let text = "";
    for await (const chunk of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const events = text.split("\n\n").filter((event) => event.startsWith("data: "));
      if (events.length >= count) return events.map((event) => JSON.parse(event.slice("data: ".length)));
    }
    throw new Error("closed");
  };
  return { deliver, read };
}

test("phone: what SNS delivers arrives as it comes", async () => {
  const { deliver, read } = await opened();
  const reading = read("june", 1);
  await new Promise((soon) => setTimeout(soon, 50));
  deliver(push("1"));
  expect(await reading).toEqual([{ messageId: "1", platform: "FCM", payload: { data: {} } }]);
});

test("phone: what came while no page was open is delivered on connecting, 20 at most, to its token alone", async () => {
  const { deliver, read } = await opened();
  for (let i = 1; i <= 25; i++) deliver(push(String(i)));
  deliver(push("other", "somebody"));
  const ids = (await read("june", 20)).map(({ messageId }) => messageId);
  expect(ids).toEqual(Array.from({ length: 20 }, (_, i) => String(i + 6)));
});

test("phone: a notification is kept for 15 minutes", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { deliver, read } = await opened();
  deliver(push("old"));
  vi.setSystemTime(Date.now() + 15 * 60_000 + 1);
  deliver(push("new"));
  expect((await read("june", 1)).map(({ messageId }) => messageId)).toEqual(["new"]);
});
