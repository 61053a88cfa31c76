/** The far end of every bot: takes what Zalo, Telegram and a plain adapter would take, and tells who heard what. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

export interface Tap {
  readonly title: string;
  readonly payload: string;
}
export type OnHeard = (user: string, text: string, taps: readonly Tap[]) => void;

export interface Sink {
  readonly url: string;
  /** Replaces who is told. */
  listen(onHeard: OnHeard): void;
  close(): Promise<void>;
}

/** Only what the generator needs; the strict pretend platform is for tests. */
const zaloBody = z.object({
  recipient: z.object({ user_id: z.string() }),
  message: z.object({
    text: z.string().default(""),
    attachment: z
      .object({
        payload: z.object({
          buttons: z.array(z.object({ title: z.string(), payload: z.unknown() })).default([]),
        }),
      })
      .optional(),
  }),
});
const telegramBody = z.object({ chat_id: z.union([z.number(), z.string()]), text: z.string() });
const plainBody = z.object({ user: z.string(), text: z.string() });

const FREE_QUOTA = { quota_type: "reply", remain: "8", total: "8", owner_type: "OA", owner_id: "2" };
const TOKENS = { access_token: "a", refresh_token: "r", expires_in: "90000" };

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf8");
  for await (const chunk of request) text += String(chunk);
  return text;
}

export async function openSink(): Promise<Sink> {
  let told: OnHeard = () => undefined;
  let sent = 0;

  function answer(path: string, text: string): unknown {
    if (path === "/v4/oa/access_token") return TOKENS;
    const body: unknown = JSON.parse(text);
    if (path === "/v3.0/oa/message/cs") {
      const { recipient, message } = zaloBody.parse(body);
      const taps = (message.attachment?.payload.buttons ?? []).map(({ title, payload }) => ({
        title,
        payload: typeof payload === "string" ? payload : "",
      }));
      told(recipient.user_id, message.text, taps);
      return {
        error: 0,
        message: "Success",
        data: { message_id: `m${sent++}`, user_id: recipient.user_id, quota: FREE_QUOTA },
      };
    }
    if (path.endsWith("/sendMessage")) {
      const message = telegramBody.parse(body);
      const id = Number(message.chat_id);
      told(String(message.chat_id), message.text, []);
      return {
        ok: true,
        result: {
          message_id: sent++,
          date: 0,
          chat: { id, type: "private", first_name: "x" },
          text: message.text,
        },
      };
    }
    if (path === "/activities") {
      const { user, text: said } = plainBody.parse(body);
      told(user, said, []);
      return { id: `m${sent++}` };
    }
    return { error: -240, message: `not known here: ${path}` };
  }

  const server: Server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answer(request.url ?? "", text)));
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    listen: (onHeard) => void (told = onHeard),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
