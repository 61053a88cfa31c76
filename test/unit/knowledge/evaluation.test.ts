/** The figures the question engine must hold; lower them only on purpose. */
import { describe, expect, test } from "@jest/globals";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { at, frozenAt } from "../../../src/core/clock";
import { ROOT } from "../../../src/core/root";
import { foldedWords } from "../../../src/core/text";
import { loadKnowledge } from "../../../src/knowledge/entries";
import { createKnowledge } from "../../../src/knowledge/knowledge";
import { isRefusal, judge, readQuestions } from "../../../src/tools/questions";
import { count, type Tally } from "../../../src/tools/tally";

const FIXTURES = join(ROOT, "test", "fixtures", "questions");
const questions = readdirSync(FIXTURES)
  .filter((file) => file.startsWith("dev-"))
  .flatMap((file) => readQuestions(join(FIXTURES, file)));
const knowledge = loadKnowledge(join(ROOT, "config", "knowledge"));
const engine = createKnowledge(knowledge, frozenAt(at("2026-03-15", "08:00")));

const tallies = new Map<string, Tally>();
for (const question of questions) {
  const verdict = judge(question, engine.ask(question.text, question.after));
  const refusal = isRefusal(question.kind);
  count(tallies, ["all", `register ${question.register}`, ...(refusal ? ["refusals"] : [])], verdict.passed);
  if (refusal) count(tallies, ["false"], verdict.falseAnswer);
}
const shareOf = (key: string): number => {
  const { passed, judged } = tallies.get(key) ?? { passed: 0, judged: 1 };
  return passed / judged;
};

describe("development questions", () => {
  test("are many, and many of them must be declined", () => {
    expect(questions.length).toBeGreaterThanOrEqual(500);
    expect(questions.filter(({ kind }) => isRefusal(kind)).length).toBeGreaterThanOrEqual(150);
  });

  test("are no phrasings of entries", () => {
    const phrasings = new Set(
      knowledge.entries
        .filter(({ kind }) => kind !== "smalltalk")
        .flatMap((entry) => [entry.question, ...entry.phrasings].map(foldedWords)),
    );
    const known = questions
      .filter(({ kind, after }) => kind !== "smalltalk" && after.length === 0)
      .filter(({ text }) => phrasings.has(foldedWords(text)));
    expect(known.map(({ id, text }) => `${id} ${text}`)).toEqual([]);
  });

  test("pass", () => {
    expect(shareOf("all")).toBeGreaterThanOrEqual(0.95);
    expect(shareOf("refusals")).toBeGreaterThanOrEqual(0.97);
    expect(shareOf("false")).toBeLessThanOrEqual(0.015);
  });

  test("pass in every register", () => {
    const weak = [...tallies.keys()].filter((key) => key.startsWith("register") && shareOf(key) < 0.92);
    expect(weak).toEqual([]);
  });
});
