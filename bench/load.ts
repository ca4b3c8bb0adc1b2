import { once } from "node:events";
import { Agent, request } from "node:http";

/** A request made and signed ahead of time. */
export interface Prepared {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const CONCURRENCY = 8;

/** Connections that stay open to one server. */
export function load(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });

  async function answer({ path, headers, body }: Prepared): Promise<string> {
    const sent = request({ agent, port, host: "127.0.0.1", path, method: "POST", headers }).end(body);
    const [response] = await once(sent, "response");
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) text += chunk;
    // Whoever is quick because it refuses is not measured.
    if (response.statusCode >= 300) throw new Error(`${path} answered ${response.statusCode}: ${text}`);
    return text;
  }

  return {
    answer,
    /** All of them, a few at a time; milliseconds. */
    async run(requests: readonly Prepared[]): Promise<number> {
      const queue = requests.values();
      const began = performance.now();
      await Promise.all(
        Array.from({ length: CONCURRENCY }, async () => {
          for (const next of queue) await answer(next);
        }),
      );
      return performance.now() - began;
    },
    close: () => agent.destroy(),
  };
}
