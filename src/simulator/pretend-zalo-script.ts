/** Faults on demand: what the pretend platform does with the next calls of one kind. */
import type { Response } from "express";

export type Endpoint =
  | "message"
  | "template"
  | "phone"
  | "group"
  | "reaction"
  | "conversation"
  | "token"
  | "quota"
  | "user"
  | "account"
  | "chats"
  | "template-info"
  | "upload";

export type Scripted =
  /** As usual, perhaps with headers of its own. */
  | { readonly do: "pass"; readonly headers?: Readonly<Record<string, string>> }
  /** Refused with a code, HTTP 200, as the platform refuses. */
  | {
      readonly do: "error";
      readonly code: number;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Some other answer altogether: a gateway's page, half an answer. */
  | { readonly do: "answer"; readonly status: number; readonly body: string }
  /** The connection breaks before anything was accepted. */
  | { readonly do: "hang-up" }
  /** Accepted; the connection breaks before the answer. */
  | { readonly do: "accept-then-hang-up" }
  /** As usual, but only when this promise resolves. */
  | { readonly do: "wait"; readonly until: Promise<void> }
  /** No answer, ever. */
  | { readonly do: "never-answer" };

export interface WireAnswer {
  readonly status: number;
  readonly body: unknown;
}

function answer(response: Response, wire: WireAnswer): WireAnswer {
  response.status(wire.status).json(wire.body);
  return wire;
}

export class Script {
  /** How long every answer takes, where a test asks for a platform at a distance. */
  latencyMs: (() => number) | null = null;
  private readonly queues = new Map<Endpoint, Scripted[]>();

  /** Queues what happens to the next calls of this kind, in order. */
  add(endpoint: Endpoint, ...steps: Scripted[]): void {
    this.queues.set(endpoint, [...(this.queues.get(endpoint) ?? []), ...steps]);
  }

  /** Answers one call: `usual` is done only where the script lets the call through. Null: no answer went out. */
  async play(endpoint: Endpoint, response: Response, usual: () => WireAnswer): Promise<WireAnswer | null> {
    const { latencyMs } = this;
    if (latencyMs !== null) await new Promise((resolve) => setTimeout(resolve, latencyMs()));
    const step = this.queues.get(endpoint)?.shift() ?? { do: "pass" };
    switch (step.do) {
      case "pass":
        response.set(step.headers ?? {});
        return answer(response, usual());
      case "error":
        response.set(step.headers ?? {});
        return answer(response, {
          status: 200,
          body: { error: step.code, message: step.message ?? "scripted" },
        });
      case "answer":
        response.status(step.status).type("text/html").send(step.body);
        return { status: step.status, body: step.body };
      case "hang-up":
        response.destroy();
        return null;
      case "accept-then-hang-up":
        usual();
        response.destroy();
        return null;
      case "wait":
        await step.until;
        return answer(response, usual());
      case "never-answer":
        return null;
    }
  }
}
