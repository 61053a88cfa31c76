/**
 * `npm run bench:answers`: how long a question takes, with the real entries and with many more; medians of several
 * rounds over the development questions. Nothing here is a test and nothing fails by being slow.
 */
import { readdirSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { at, frozenAt } from "../../src/core/clock";
import { ROOT } from "../../src/core/root";
import { loadKnowledge, type Knowledge } from "../../src/knowledge/entries";
import { createKnowledge } from "../../src/knowledge/knowledge";
import { readQuestions } from "../../src/tools/questions";
import { withManyEntries } from "./many-entries";

const MANY = 5_000;
const ROUNDS = 7;
const BUILDS = 5;
const BYTES_PER_MB = 2 ** 20;

const FIXTURES = join(ROOT, "test", "fixtures", "questions");
const questions = readdirSync(FIXTURES)
  .filter((file) => file.endsWith(".jsonl"))
  .sort()
  .flatMap((file) => readQuestions(join(FIXTURES, file)));

const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};
const median = (values: readonly number[]): number => quantile(values, 0.5);

function engineOf(knowledge: Knowledge) {
  const engine = createKnowledge(knowledge, frozenAt(at("2026-03-15", "08:00")));
  engine.ask("xin chào", []);
  return engine;
}

function measure(knowledge: Knowledge): void {
  globalThis.gc?.();
  const heapBefore = process.memoryUsage();
  const builds: number[] = [];
  let engine = engineOf(knowledge);
  for (let i = 0; i < BUILDS; i++) {
    const begun = performance.now();
    engine = engineOf(knowledge);
    builds.push(performance.now() - begun);
  }
  globalThis.gc?.();
  const heapAfter = process.memoryUsage();
  const rounds = Array.from({ length: ROUNDS }, () => {
    const cpuBefore = process.cpuUsage();
    const tookMs = questions.map(({ text, after }) => {
      const begun = performance.now();
      engine.ask(text, after);
      return performance.now() - begun;
    });
    const { user, system } = process.cpuUsage(cpuBefore);
    return {
      p50: median(tookMs),
      p99: quantile(tookMs, 0.99),
      most: Math.max(...tookMs),
      cpuMs: (user + system) / 1_000 / questions.length,
    };
  });
  const of = (name: "p50" | "p99" | "most" | "cpuMs") =>
    median(rounds.map((round) => round[name])).toFixed(2);
  const usedOf = ({ heapUsed, arrayBuffers }: NodeJS.MemoryUsage) => heapUsed + arrayBuffers;
  console.log(
    [
      `${knowledge.entries.length} entries`,
      `index built in ${median(builds).toFixed(0)} ms, holds ${((usedOf(heapAfter) - usedOf(heapBefore)) / BYTES_PER_MB).toFixed(0)} MB`,
      `ask: p50 ${of("p50")} ms, p99 ${of("p99")} ms, longest ${of("most")} ms, ${of("cpuMs")} ms CPU on average`,
    ].join("; "),
  );
}

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}; ${questions.length} questions, medians of ${ROUNDS} rounds`,
);
const knowledge = loadKnowledge(join(ROOT, "config", "knowledge"));
measure(knowledge);
measure(withManyEntries(knowledge, MANY));
