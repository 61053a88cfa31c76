/** One call of the API: its place, what it takes and gives as zod schemas, and the port behind it. */
import type { Readable } from "node:stream";
import { z } from "zod";
import { AppError, refused } from "../../core/errors";
import { ERROR_WORDS, MISSING, NOT_A_FILE } from "../wording.vi";

/** The three places where a caller says something; each endpoint's schema names those it reads. */
export interface Asked {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

export type Reply =
  | { readonly kind: "json"; readonly status: 200 | 201; readonly body: unknown }
  | {
      readonly kind: "document";
      readonly media: string;
      readonly fileName: string;
      readonly bytes: Uint8Array;
    }
  /** A document too large to be held at once. */
  | { readonly kind: "stream"; readonly media: string; readonly fileName: string; readonly stream: Readable };

export interface Endpoint {
  readonly method: "get" | "post";
  /** As OpenAPI writes it: `/lines/{id}/extensions`. */
  readonly path: string;
  readonly summary: string;
  readonly input: z.ZodType;
  /** The media types of a file that is the body. */
  readonly takes?: readonly string[];
  readonly success: 200 | 201;
  /** The JSON answer's schema, or the media type of a document. */
  readonly gives: z.ZodType | string;
  /** Refusals the port may answer with, besides 400 and 401. */
  readonly refusals: readonly (404 | 409)[];
  answer(asked: Asked): Promise<Reply>;
}

interface Call<I extends z.ZodType> {
  readonly method: "get" | "post";
  readonly path: string;
  readonly summary: string;
  readonly input: I;
  readonly refusals?: readonly (404 | 409)[];
}

interface JsonCall<I extends z.ZodType, A extends z.ZodType> extends Call<I> {
  readonly success?: 200 | 201;
  readonly output: A;
  readonly handle: (input: z.output<I>) => Promise<z.input<A>>;
}

interface DocumentCall<I extends z.ZodType> extends Call<I> {
  readonly media: string;
  readonly handle: (input: z.output<I>) => Promise<{ readonly fileName: string; readonly bytes: Uint8Array }>;
}

interface StreamCall<I extends z.ZodType> extends Call<I> {
  readonly media: string;
  readonly handle: (input: z.output<I>) => Promise<{ readonly fileName: string; readonly stream: Readable }>;
}

interface UploadCall<I extends z.ZodType, A extends z.ZodType> extends Call<I> {
  readonly takes: readonly string[];
  readonly output: A;
  readonly handle: (input: z.output<I>, file: Uint8Array) => Promise<z.input<A>>;
}

/** For calls that take nothing. */
export const nothing = z.object({});

export function jsonEndpoint<I extends z.ZodType, A extends z.ZodType>(call: JsonCall<I, A>): Endpoint {
  const { method, path, summary, input, output, handle, success = 200, refusals = [] } = call;
  return {
    ...{ method, path, summary, input, success, refusals },
    gives: output,
    answer: async (asked) => ({
      kind: "json",
      status: success,
      body: output.parse(await handle(readInput(input, asked))),
    }),
  };
}

/** The file is the body itself, as `curl --data-binary` sends it. */
export function uploadEndpoint<I extends z.ZodType, A extends z.ZodType>(call: UploadCall<I, A>): Endpoint {
  const { method, path, summary, input, takes, output, handle, refusals = [] } = call;
  return {
    ...{ method, path, summary, input, takes, refusals },
    success: 200,
    gives: output,
    answer: async (asked) => {
      const { body } = asked;
      const read = readInput(input, asked);
      if (!(body instanceof Uint8Array))
        throw refused("bad-request", ERROR_WORDS["bad-request"], { body: NOT_A_FILE(takes) });
      return { kind: "json", status: 200, body: output.parse(await handle(read, body)) };
    },
  };
}

export function documentEndpoint<I extends z.ZodType>(call: DocumentCall<I>): Endpoint {
  const { method, path, summary, input, media, handle, refusals = [] } = call;
  return {
    ...{ method, path, summary, input, refusals },
    success: 200,
    gives: media,
    answer: async (asked) => ({ kind: "document", media, ...(await handle(readInput(input, asked))) }),
  };
}

export function streamEndpoint<I extends z.ZodType>(call: StreamCall<I>): Endpoint {
  const { method, path, summary, input, media, handle, refusals = [] } = call;
  return {
    ...{ method, path, summary, input, refusals },
    success: 200,
    gives: media,
    answer: async (asked) => ({ kind: "stream", media, ...(await handle(readInput(input, asked))) }),
  };
}

const vietnamese = z.locales.vi().localeError;

/** What was asked, checked; every wrong field is named in one refusal. */
function readInput<I extends z.ZodType>(input: I, asked: Asked): z.output<I> {
  const read = input.safeParse(asked, {
    error: (issue) => (issue.input === undefined ? MISSING : vietnamese(issue)),
  });
  if (read.success) return read.data;
  const details: Record<string, string> = {};
  for (const { path, message } of read.error.issues) {
    const [place, ...field] = path;
    details[field.length === 0 ? String(place) : field.join(".")] = message;
  }
  throw new AppError("refused", "bad-request", ERROR_WORDS["bad-request"], details);
}
