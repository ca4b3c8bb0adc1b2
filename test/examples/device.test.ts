import { expect, test } from "vitest";
import { deviceOf } from "../../examples/demo-network/device.ts";

const on = (agent?: string) =>
  deviceOf(new Request("https://app.test", agent === undefined ? {} : { headers: { "user-agent": agent } }));

test.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Windows"],
  ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"],
  ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36", "Chrome on Android"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/18.6 Mobile/15E148 Safari/604.1",
    "Safari on iPhone",
  ],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.6 Safari/605.1.15", "Safari on Mac"],
  ["curl/8.5.0", undefined],
  [undefined, undefined],
])("UX-37 %j is %s", (agent, device) => expect(on(agent)).toBe(device));
