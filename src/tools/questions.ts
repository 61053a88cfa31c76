/** Questions with what a right answer holds, and how an answer is judged. The format is that of the fixtures. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Answer } from "../knowledge/answer";

const rowSchema = z.object({
  id: z.string(),
  q: z.string().optional(),
  /** A conversation; the last turn is judged. */
  turns: z.array(z.string()).min(1).optional(),
  register: z.string(),
  kind: z.enum(["answerable", "followup", "confusable", "unanswerable", "out_of_scope", "smalltalk"]),
  facts: z.array(z.string()).default([]),
  /** Every group needs one pattern that occurs. */
  expect: z.array(z.array(z.string())).default([]),
  /** None may occur. */
  must_not: z.array(z.string()).default([]),
});

export type QuestionKind = z.infer<typeof rowSchema>["kind"];

export interface Question {
  readonly id: string;
  readonly text: string;
  readonly after: readonly string[];
  readonly register: string;
  readonly kind: QuestionKind;
  readonly facts: readonly string[];
  readonly expect: readonly (readonly RegExp[])[];
  readonly mustNot: readonly RegExp[];
}

const pattern = (source: string): RegExp => new RegExp(source, "iu");

/** One question a line; a line that is none stops with its number. */
export function readQuestions(file: string): Question[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line, i) => {
    if (line.trim() === "") return [];
    const parsed = rowSchema.safeParse(JSON.parse(line));
    if (!parsed.success) throw new Error(`${file}:${i + 1}: ${z.prettifyError(parsed.error)}`);
    const { id, q, turns, register, kind, facts, expect, must_not } = parsed.data;
    const said = turns ?? (q === undefined ? [] : [q]);
    return [
      {
        id,
        text: said.at(-1) ?? "",
        after: said.slice(0, -1),
        register,
        kind,
        facts,
        expect: expect.map((group) => group.map(pattern)),
        mustNot: must_not.map(pattern),
      },
    ];
  });
}

/** A question that is rightly declined. */
export const isRefusal = (kind: QuestionKind): boolean => kind === "unanswerable" || kind === "out_of_scope";

/** An answer in the form in which patterns are looked for. */
const judged = (text: string): string => text.normalize("NFC").toLowerCase().replace(/\s+/gu, " ");

function isRightKind(kind: QuestionKind, answer: Answer): boolean {
  switch (kind) {
    case "unanswerable":
      return answer.kind === "gap" || answer.kind === "abstain";
    case "out_of_scope":
      return answer.kind === "abstain";
    case "smalltalk":
      return answer.kind === "smalltalk";
    case "answerable":
    case "followup":
    case "confusable":
      return true;
  }
}

export interface Verdict {
  readonly passed: boolean;
  /** Something was answered that nobody has published or that is not our subject, or a forbidden thing was said. */
  readonly falseAnswer: boolean;
  readonly missing: readonly string[];
  readonly forbidden: readonly string[];
}

export function judge(question: Question, answer: Answer): Verdict {
  const text = judged(answer.text);
  const missing = question.expect
    .filter((group) => !group.some((wanted) => wanted.test(text)))
    .map((group) => group.map(({ source }) => source).join(" | "));
  const forbidden = question.mustNot.filter((unwanted) => unwanted.test(text)).map(({ source }) => source);
  const refusal = isRefusal(question.kind);
  return {
    passed: isRightKind(question.kind, answer) && forbidden.length === 0 && (refusal || missing.length === 0),
    falseAnswer: forbidden.length > 0 || (refusal && answer.kind === "answer"),
    missing,
    forbidden,
  };
}
