/** How the simulator reaches its own program: over real HTTP, and never beyond this machine. */
import { broken } from "../core/errors";
import { isLoopback } from "../zalo/settings";
import type { SimulatorPorts } from "./ports";

function checked(address: string): URL {
  const url = new URL(address);
  if (!isLoopback(url)) throw broken("not-loopback", "the simulator reaches this machine alone");
  return url;
}

/** The two ports that go over the wire; `webhookUrl` is asked when the server listens. */
export function createLoopback(webhookUrl: () => string): Pick<SimulatorPorts, "deliver" | "fetchFile"> {
  return {
    async deliver({ rawBody, headers }) {
      const response = await fetch(checked(webhookUrl()), {
        method: "POST",
        headers: { ...headers },
        body: new Uint8Array(rawBody),
      });
      await response.arrayBuffer();
      return response.status;
    },
    async fetchFile(url) {
      const response = await fetch(checked(url));
      const bytes = Buffer.from(await response.arrayBuffer());
      if (!response.ok) return null;
      return { mime: response.headers.get("content-type") ?? "application/octet-stream", bytes };
    },
  };
}
