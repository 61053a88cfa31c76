/**
 * `npm run evaluate -- [--write] [FILE.jsonl …]`: how well the question engine answers; without files, the development
 * questions, and with `--write` their table goes into the documents.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { systemClock } from "../core/clock";
import { ROOT } from "../core/root";
import { loadKnowledge, type Knowledge } from "../knowledge/entries";
import { createKnowledge, type QuestionEngine } from "../knowledge/knowledge";
import { isRefusal, judge, readQuestions, type Question, type Verdict } from "./questions";
import { markdownTable, replaceSection } from "./report";
import { count, tallyCells, tallyLine, type Tally } from "./tally";

const FIXTURES = join(ROOT, "test", "fixtures", "questions");

const developmentFiles = (): string[] =>
  readdirSync(FIXTURES)
    .filter((file) => file.startsWith("dev-") && file.endsWith(".jsonl"))
    .sort()
    .map((file) => join(FIXTURES, file));

function keysOf({ kind, register }: Question): string[] {
  return ["all", `kind ${kind}`, `register ${register}`, ...(isRefusal(kind) ? ["refusals"] : [])];
}

const inOrder = (tallies: ReadonlyMap<string, Tally>): [string, Tally][] =>
  [...tallies].sort(([a], [b]) => a.localeCompare(b, "en"));

function describeMiss(question: Question, verdict: Verdict, engine: QuestionEngine): string {
  const { answer, questions } = engine.explain(question.text, question.after);
  const found = questions
    .flatMap(({ best }) => best.slice(0, 3))
    .map(({ id, score }) => `${id} ${score.toFixed(2)}`);
  return [
    `${question.id} ${question.kind}/${question.register}: ${[...question.after, question.text].join(" → ").slice(0, 160)}`,
    `    ${answer.kind} ${answer.score.toFixed(2)}; ${found.join(", ")}`,
    `    wanted ${question.facts.join(", ")}; missing ${verdict.missing.join("; ")}; forbidden ${verdict.forbidden.join("; ")}`,
  ].join("\n");
}

/** Whether an entry that was shown covers one of the facts the question is about. */
function coversFact(knowledge: Knowledge, question: Question, entryIds: readonly string[]): boolean {
  return knowledge.entries.some(
    ({ id, facts }) => entryIds.includes(id) && facts.some((fact) => question.facts.includes(fact)),
  );
}

const quantile = (sorted: readonly number[], part: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(2);

function evaluate(files: readonly string[]): ReadonlyMap<string, Tally> {
  const startedAt = performance.now();
  const knowledge = loadKnowledge(join(ROOT, "config", "knowledge"));
  const loadedAt = performance.now();
  const engine = createKnowledge(knowledge, systemClock);
  engine.ask("", []);
  const builtAt = performance.now();
  const tallies = new Map<string, Tally>();
  const times: number[] = [];
  for (const question of files.flatMap(readQuestions)) {
    const before = performance.now();
    const answer = engine.ask(question.text, question.after);
    times.push(performance.now() - before);
    const verdict = judge(question, answer);
    count(tallies, keysOf(question), verdict.passed);
    if (question.facts.length > 0)
      count(tallies, ["fact covered"], coversFact(knowledge, question, answer.entryIds));
    if (isRefusal(question.kind)) count(tallies, ["false answers"], verdict.falseAnswer);
    if (!verdict.passed) console.log(describeMiss(question, verdict, engine));
  }
  console.log("");
  for (const [key, tally] of inOrder(tallies)) console.log(tallyLine(key, tally));
  times.sort((a, b) => a - b);
  console.log(
    `\n${knowledge.entries.length} entries loaded in ${(loadedAt - startedAt).toFixed(0)} ms, index built in ${(builtAt - loadedAt).toFixed(0)} ms; ask: median ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms`,
  );
  return tallies;
}

const WRITE = "--write";
const named = process.argv.slice(2).filter((argument) => argument !== WRITE);
const tallies = evaluate(named.length > 0 ? named : developmentFiles());
if (process.argv.includes(WRITE))
  replaceSection(
    join(ROOT, "docs", "answers.md"),
    "evaluation",
    markdownTable(["", "passed", "share", "95 % interval"], inOrder(tallies).map(tallyCells)),
  );
