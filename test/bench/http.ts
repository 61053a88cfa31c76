/** A lean HTTP client: the generator must cost less than what it measures. */
import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

export interface Posted {
  readonly status: number;
  readonly body: Buffer;
}

export const post = (url: string, body: Buffer, headers: Readonly<Record<string, string>>): Promise<Posted> =>
  new Promise((resolve, reject) => {
    const call = request(
      url,
      { method: "POST", agent, headers: { ...headers, "content-length": String(body.length) } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
        response.on("error", reject);
      },
    );
    call.on("error", reject);
    call.end(body);
  });

export const postJson = (url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  post(url, Buffer.from(JSON.stringify(body)), { "content-type": "application/json", ...headers });
